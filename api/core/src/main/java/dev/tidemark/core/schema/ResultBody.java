package dev.tidemark.core.schema;

import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.core.schema.faults.Codes;
import dev.tidemark.core.schema.faults.RequestFaults;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.ResultNodesInfo;
import graphql.validation.ValidationError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes results as a client gets them: every error with its code, and none that tells of our insides. */
final class ResultBody {

    private static final int MOST_ERRORS = 100;

    private ResultBody() {}

    static Map<String, @Nullable Object> of(List<CodedError> errors) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("errors", specifications(errors));
        return body;
    }

    static Map<String, @Nullable Object> of(ExecutionResult result, RequestFaults faults) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            body.put(
                    "errors",
                    specifications(result.getErrors().stream()
                            .limit(MOST_ERRORS)
                            .map(error -> coded(error, faults))
                            .toList()));
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        return body;
    }

    /** graphql-java stops at the limit, but answers as if nothing had happened. */
    static boolean isCutOff(@Nullable ResultNodesInfo nodes) {
        return nodes != null && nodes.isMaxResultNodesExceeded();
    }

    private static List<Map<String, Object>> specifications(List<CodedError> errors) {
        return errors.stream()
                .limit(MOST_ERRORS)
                .map(CodedError::toSpecification)
                .toList();
    }

    /** What graphql-java itself finds wrong in a result, a null or a type that may not be, is a fault of ours. */
    private static CodedError coded(GraphQLError error, RequestFaults faults) {
        return switch (error) {
            case CodedError known -> known;
            case ValidationError wrong ->
                new CodedError(wrong.getMessage(), Codes.VALIDATION_FAILED).at(null, wrong.getLocations());
            default -> faults.of(error.getMessage()).at(error.getPath(), error.getLocations());
        };
    }
}
