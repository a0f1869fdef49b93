package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.assembly.MergedTypes.OwnedField;
import dev.tidemark.spi.Scope;
import graphql.language.EnumValue;
import java.util.Arrays;
import java.util.Optional;

/** Which scope a field asks for. */
final class AccessRule {

    static final String DIRECTIVE = "access";

    private AccessRule() {}

    /** Empty for a field below the root that does not say: whoever has the parent may have it. */
    static Optional<Scope> of(OwnedField field) {
        var declared = field.definition().getDirectives(DIRECTIVE).stream()
                .flatMap(directive -> directive.getArguments().stream())
                .map(argument -> argument.getValue() instanceof EnumValue value ? value.getName() : "")
                .flatMap(name -> Arrays.stream(Scope.values())
                        .filter(scope -> scope.name().equals(name)))
                .findFirst();
        return RootType.isOne(field.type()) ? declared.or(() -> Optional.of(Scope.READ)) : declared;
    }
}
