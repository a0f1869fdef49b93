package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.assembly.FieldCosts;
import dev.tidemark.core.schema.faults.RequestRefused;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.List;

/**
 * Foretells how much an operation asks for, after fragments, aliases and directives are resolved.
 *
 * <p>A field costs what {@link FieldCosts} says, once for every object it is asked of: {@code first} tells how many items
 * a field may return; a list that is not told counts as ten. The items below a field with {@code first} are its own.
 */
final class OperationCost {

    private static final int UNTOLD_ITEMS = 10;
    private static final long CEILING = Integer.MAX_VALUE;
    private static final String FIRST = "first";

    private final ExecutableSchema schema;
    private final Limits limits;

    OperationCost(ExecutableSchema schema, Limits limits) {
        this.schema = schema;
        this.limits = limits;
    }

    /** @throws RequestRefused when the operation asks for too much */
    long checked(ExecutableNormalizedOperation operation) {
        var roots = operation.getTopLevelFields();
        if (roots.size() > limits.rootFields()) {
            throw RequestRefused.tooComplex("The operation has " + roots.size() + " fields at its root, and "
                    + limits.rootFields() + " are allowed: ask in several requests.");
        }
        var questions = roots.stream().filter(root -> !isIntrospection(root)).toList();
        var depth = questions.stream().mapToInt(OperationCost::depth).max().orElse(0);
        if (depth > limits.depth()) {
            throw RequestRefused.tooComplex("The operation is " + depth + " fields deep, and " + limits.depth()
                    + " are allowed: ask for the inner ones in a request of their own.");
        }
        var cost = sum(questions, false, 1);
        if (cost > limits.cost()) {
            throw RequestRefused.tooComplex("The operation costs " + cost + ", and " + limits.cost()
                    + " are allowed: ask for fewer items (first) or fewer fields at once.");
        }
        return cost;
    }

    /** Introspection has bounds of its own: a tool's query is deep, and it is answered from memory. */
    static boolean isIntrospection(ExecutableNormalizedField root) {
        return root.getName().startsWith("__");
    }

    private static int depth(ExecutableNormalizedField field) {
        return 1
                + field.getChildren().stream()
                        .mapToInt(OperationCost::depth)
                        .max()
                        .orElse(0);
    }

    private long sum(Collection<ExecutableNormalizedField> fields, boolean isCounted, long times) {
        var sum = 0L;
        for (var field : fields) {
            sum = Math.min(CEILING, sum + cost(field, isCounted, times));
        }
        return sum;
    }

    private long cost(ExecutableNormalizedField field, boolean isCounted, long times) {
        var own = field.getObjectTypeNames().stream()
                .mapToInt(type -> schema.cost(type, field.getName()))
                .max()
                .orElse(0);
        var inner = Math.min(CEILING, times * items(field, isCounted));
        return times * own
                + sum(field.getChildren(), field.getResolvedArguments().containsKey(FIRST), inner);
    }

    private long items(ExecutableNormalizedField field, boolean isCounted) {
        if (field.getResolvedArguments().get(FIRST) instanceof Number first) {
            return Math.max(1, first.longValue());
        }
        return isList(field) && !isCounted ? UNTOLD_ITEMS : 1;
    }

    private boolean isList(ExecutableNormalizedField field) {
        return field.getFieldDefinitions(schema.schema()).stream()
                .map(definition -> definition.getType())
                .anyMatch(type -> GraphQLTypeUtil.isList(
                        type instanceof GraphQLNonNull required ? required.getWrappedType() : type));
    }

    static List<ExecutableNormalizedField> schemaFields(ExecutableNormalizedOperation operation) {
        return operation.getTopLevelFields().stream()
                .filter(root ->
                        root.getName().equals("__schema") || root.getName().equals("__type"))
                .toList();
    }
}
