package dev.tidemark.server.http;

import dev.tidemark.core.schema.ExecutionAnswer.Complete;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.ErrorCode;
import io.helidon.http.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the status of an answer to a well-formed request is. */
final class AnswerStatus {

    private AnswerStatus() {}

    static Status of(AnswerType type, Complete answer) {
        if (type == AnswerType.JSON || answer.hasData()) {
            return Status.OK_200;
        }
        return answer.stage() == Stage.EXECUTION ? byCode(answer.body().get("errors")) : Status.BAD_REQUEST_400;
    }

    private static Status byCode(@Nullable Object errors) {
        if (errors instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof Map<?, ?> error
                && error.get("extensions") instanceof Map<?, ?> extensions) {
            return Arrays.stream(ErrorCode.values())
                    .filter(code -> code.name().equals(extensions.get("code")))
                    .findFirst()
                    .map(code -> Status.create(code.status()))
                    .orElse(Status.INTERNAL_SERVER_ERROR_500);
        }
        return Status.INTERNAL_SERVER_ERROR_500;
    }
}
