package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.core.schema.faults.Codes;
import dev.tidemark.core.schema.faults.RequestRefused;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.RawVariables;
import graphql.execution.UnknownOperationException;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition.Operation;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.normalized.ExecutableNormalizedOperationFactory.Options;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The operation that will run, known to be allowed.
 *
 * @param cost what it asks for
 * @param onlyOfSchema whether it asks for nothing but the schema
 */
public record PreparedOperation(Document document, Operation kind, long cost, boolean onlyOfSchema) {

    /** @throws RequestRefused when it does not exist, has wrong variables, asks for too much, or may not be asked */
    public static PreparedOperation of(
            ExecutableSchema schema, Document document, GraphqlRequest request, Limits limits, Gate gate) {
        var operation = normalized(schema, document, request, limits, gate.caller());
        gate.check(operation);
        return new PreparedOperation(
                document,
                operation.getOperation(),
                new OperationCost(schema, limits).checked(operation),
                operation.getTopLevelFields().stream().allMatch(OperationCost::isIntrospection));
    }

    /** Who asks, and which kinds of operation may come the way they ask. */
    public record Gate(Caller caller, Set<Operation> allowed) {

        private void check(ExecutableNormalizedOperation operation) {
            var kind = operation.getOperation();
            if (!allowed.contains(kind)) {
                throw refused(
                        Stage.OPERATION,
                        "A " + kind.name().toLowerCase(Locale.ROOT)
                                + " cannot be asked this way: send it by POST, or a subscription by WebSocket or SSE.");
            }
            if (!OperationCost.schemaFields(operation).isEmpty()) {
                caller.require(Scope.READ);
            }
        }
    }

    @SuppressWarnings("NullAway") // a variable may be null, whatever the type says
    private static ExecutableNormalizedOperation normalized(
            ExecutableSchema schema, Document document, GraphqlRequest request, Limits limits, Caller caller) {
        try {
            return ExecutableNormalizedOperationFactory.createExecutableNormalizedOperationWithRawVariables(
                    schema.schema(),
                    document,
                    request.operationName().orElse(null),
                    RawVariables.of(request.variables()),
                    Options.defaultOptions().locale(Locale.ENGLISH).maxFieldsCount(limits.cost()));
        } catch (AbortExecutionException e) {
            throw RequestRefused.tooComplex("The operation has more than " + limits.cost()
                    + " fields when its fragments are written out: ask in several requests.");
        } catch (UnknownOperationException e) {
            throw refused(Stage.DOCUMENT, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw e instanceof GraphQLError error
                    ? new RequestRefused(Stage.VARIABLES, wrongVariables(schema, document, request, caller, error))
                    : e;
        }
    }

    private static List<CodedError> wrongVariables(
            ExecutableSchema schema, Document document, GraphqlRequest request, Caller caller, GraphQLError error) {
        var operation = NodeUtil.getOperation(document, request.operationName().orElse(null)).operationDefinition;
        // who may not read the schema is not told what it has instead
        var wrong = caller.may(Scope.READ)
                ? new WrongVariables(schema.schema(), request.variables()).in(operation)
                : List.<CodedError>of();
        return wrong.isEmpty()
                ? List.of(new CodedError(error.getMessage(), ErrorCode.BAD_USER_INPUT).at(null, error.getLocations()))
                : wrong;
    }

    private static RequestRefused refused(Stage stage, String message) {
        return new RequestRefused(stage, List.of(new CodedError(message, Codes.VALIDATION_FAILED)));
    }
}
