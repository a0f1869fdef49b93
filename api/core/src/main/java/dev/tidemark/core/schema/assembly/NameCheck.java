package dev.tidemark.core.schema.assembly;

import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.language.TypeDefinition;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps names free for the part of the schema that is made from each project's data. */
final class NameCheck {

    private static final Set<String> KEPT = Set.of(MadeType.ROOT, MadeType.EVENT, MadeType.COLLECTIONS);
    private static final Set<String> ROOTS = Set.of(RootType.QUERY, RootType.SUBSCRIPTION);

    private final String module;
    private final Consumer<Problem> problems;

    private NameCheck(String module, Consumer<Problem> problems) {
        this.module = module;
        this.problems = problems;
    }

    static void run(ParsedPart part, Consumer<Problem> problems) {
        var check = new NameCheck(part.module(), problems);
        for (var definition : part.definitions()) {
            if (definition instanceof ObjectTypeDefinition type) {
                check.fields(type);
            }
            if (definition instanceof TypeDefinition<?> type && !(definition instanceof SDLExtensionDefinition)) {
                check.name(ParsedPart.name(type));
            }
        }
    }

    private void name(String name) {
        if (KEPT.contains(name)) {
            kept("the type " + name);
        }
        MadeType.endingOf(name).ifPresent(ending -> kept("the type " + name + " ends in " + ending + ", which"));
    }

    private void fields(ObjectTypeDefinition type) {
        if (ROOTS.contains(type.getName())
                && type.getFieldDefinitions().stream()
                        .anyMatch(field -> field.getName().equals(MadeType.FIELD))) {
            kept("the field " + type.getName() + "." + MadeType.FIELD);
        }
    }

    private void kept(String what) {
        problems.accept(new Problem(module, what + " is kept for types made from the data: choose another name."));
    }
}
