package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.schema.faults.RequestFaults;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The payload of a mutation whose input was refused: nothing but the reason. */
public record RefusedPayload(List<UserError> userErrors) {

    record UserError(String message, ErrorCode code, List<String> path) {}

    private static final Set<ErrorCode> CODES =
            EnumSet.of(ErrorCode.BAD_USER_INPUT, ErrorCode.NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.QUOTA_EXCEEDED);

    /** Empty when this is no fault of the input, so that it must be an error of the request. */
    static Optional<RefusedPayload> of(Throwable thrown) {
        return RequestFaults.cause(thrown) instanceof CallerException caller && CODES.contains(caller.code())
                ? Optional.of(
                        new RefusedPayload(List.of(new UserError(caller.sentence(), caller.code(), caller.path()))))
                : Optional.empty();
    }
}
