package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.assembly.MergedTypes.OwnedField;
import graphql.TrivialDataFetcher;
import graphql.language.IntValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What answering each field once costs, by {@code Type.field}; a field that is not here costs nothing. */
public final class FieldCosts {

    private static final String DIRECTIVE = "cost";
    private static final int ROOT = 10;
    private static final int COMPUTED = 1;
    private static final int STORED = 0;

    private FieldCosts() {}

    static Map<String, Integer> of(MergedTypes types, Collection<ParsedPart> parts) {
        var computed = parts.stream()
                .flatMap(part -> part.contribution().resolvers().entrySet().stream())
                .filter(entry -> !(entry.getValue() instanceof TrivialDataFetcher))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, Integer> costs = new HashMap<>();
        types.fields().forEach((name, field) -> costs.put(name, cost(field, computed)));
        costs.values().removeIf(cost -> cost == STORED);
        return Map.copyOf(costs);
    }

    private static int cost(OwnedField field, Set<String> computed) {
        return field.definition().getDirectives(DIRECTIVE).stream()
                .flatMap(directive -> directive.getArguments().stream())
                .filter(argument -> argument.getValue() instanceof IntValue)
                .map(argument -> Math.max(
                        STORED, ((IntValue) argument.getValue()).getValue().intValue()))
                .findFirst()
                .orElseGet(() -> byKind(field, computed));
    }

    private static int byKind(OwnedField field, Set<String> computed) {
        if (RootType.isOne(field.type())) {
            return ROOT;
        }
        return computed.contains(field.name()) ? COMPUTED : STORED;
    }
}
