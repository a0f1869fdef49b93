package dev.tidemark.core.postgres;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import java.sql.SQLException;

/** What PostgreSQL's error codes (appendix A of its manual) mean to us. */
public final class SqlState {

    private SqlState() {}

    /** The same work would do if it were run again from its start. */
    public static boolean isConflict(String state) {
        return state.equals("40001") || state.equals("40P01");
    }

    /** The connection is lost, or the server stops, starts or is full: nothing is wrong with the statement. */
    public static boolean isUnavailable(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300") || state.equals("53100");
    }

    /** The user lacks the right. */
    public static boolean isForbidden(String state) {
        return state.equals("42501");
    }

    /** The transaction may not write: it is one that only reads, or the database takes no writes now. */
    public static boolean isReadOnly(String state) {
        return state.equals("25006");
    }

    /** The statement was cancelled, by its time limit or on request. */
    public static boolean isCancelled(String state) {
        return state.equals("57014");
    }

    /** A lock was not free within {@code lock_timeout}. */
    public static boolean isLockTimeout(String state) {
        return state.equals("55P03");
    }

    /** Something else, such as a view, holds on to what was to be dropped. */
    public static boolean isDependedOn(String state) {
        return state.equals("2BP01");
    }

    /** The statement does not fit the tables: a name, or the type of a column, is another one. */
    public static boolean isUnfit(String state) {
        return state.startsWith("42");
    }

    /** A value or a row is larger than PostgreSQL can take there. */
    public static boolean isTooLarge(String state) {
        return state.startsWith("54");
    }

    /** A text that no event and no answer can have, so that it came with the request. */
    public static boolean isUnstorableText(String state) {
        return state.equals("22021");
    }

    /** The driver was given more at once than is held, and ended the connection. */
    public static boolean isResultTooLarge(String state) {
        return state.equals("08S01");
    }

    /** The exception for whoever called: the caller's when waiting helps, else a defect. */
    public static RuntimeException asException(SQLException exception) {
        var state = exception.getSQLState() == null ? "" : exception.getSQLState();
        if (isCancelled(state)) {
            return new CallerException(
                    ErrorCode.QUERY_TIMEOUT,
                    "The database did not answer within the time limit: ask for less at once.");
        }
        if (isResultTooLarge(state)) {
            return new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The database gave more than %,d MB at once: ask for fewer items or fields."
                            .formatted(AnswerMemory.largestResult() >> 20));
        }
        return new DatabaseException(exception);
    }
}
