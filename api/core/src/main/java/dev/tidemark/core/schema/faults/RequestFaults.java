package dev.tidemark.core.schema.faults;

import dev.tidemark.core.json.StorableText;
import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns what was thrown during one request into what its caller sees. A fault of many fields is logged once. */
public final class RequestFaults {

    private final FaultLog log;
    private final IdentityHashMap<Throwable, String> ids = new IdentityHashMap<>();

    public RequestFaults(FaultLog log) {
        this.log = log;
    }

    public CodedError of(Throwable thrown) {
        var cause = cause(thrown);
        if (cause instanceof CallerException caller) {
            var error = new CodedError(caller.sentence(), caller.code());
            if (caller.code() == ErrorCode.RATE_LIMITED) {
                error = error.with("retryAfterMillis", caller.retryAfter().toMillis());
            }
            return caller.path().isEmpty() ? error : error.with("argumentPath", caller.path());
        }
        return databaseError(cause).orElseGet(() -> internal(id(cause)));
    }

    /** A fault that the engine noticed in the result, without an exception. */
    public CodedError of(String fault) {
        return internal(log.add(fault));
    }

    /** What really happened, without what futures wrapped around it. */
    public static Throwable cause(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Optional<CodedError> databaseError(Throwable thrown) {
        var state = sqlState(thrown);
        if (SqlState.isCancelled(state)) {
            return Optional.of(new CodedError(
                    "The database did not answer within the time limit: ask for less at once.",
                    ErrorCode.QUERY_TIMEOUT));
        }
        if (SqlState.isUnavailable(state)) {
            return Optional.of(
                    new CodedError("The database cannot take this now: try again in a moment.", ErrorCode.UNAVAILABLE));
        }
        if (SqlState.isReadOnly(state)) {
            return Optional.of(
                    new CodedError("The database takes no writes now: try again in a moment.", ErrorCode.UNAVAILABLE));
        }
        return SqlState.isUnstorableText(state)
                ? Optional.of(new CodedError(StorableText.REASON, ErrorCode.BAD_USER_INPUT))
                : Optional.empty();
    }

    private static String sqlState(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException database) {
                return database.sqlState();
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private synchronized String id(Throwable fault) {
        return ids.computeIfAbsent(fault, log::add);
    }

    private static CodedError internal(String id) {
        return new CodedError(
                        "Something went wrong on our side. The log has the details under this id: " + id + ".",
                        Codes.INTERNAL)
                .with("id", id);
    }
}
