package dev.tidemark.core.events.commit;

import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.DatabaseException;
import java.sql.SQLException;
import java.util.Set;

/** Why a batch failed, by PostgreSQL's error code. */
record Failure(String state) {

    /** No partition, table, column or schema, or a column of another type. */
    private static final Set<String> OUTDATED = Set.of("23514", "42P01", "42703", "42804", "3F000");

    private static final Set<String> ENDED_BY_THE_SERVER = Set.of("25P02", "25P03", "25P04", "57014");

    static Failure of(SQLException exception) {
        return new Failure(exception.getSQLState() == null ? "" : exception.getSQLState());
    }

    static Failure of(DatabaseException exception) {
        return new Failure(exception.sqlState());
    }

    /** A value, a key, or a row that is too large. */
    boolean isOfTheData() {
        return (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) && !isOfThePlan();
    }

    /** A table or column has gone, or no partition takes a row. */
    boolean isOfThePlan() {
        return OUTDATED.contains(state);
    }

    /** What PostgreSQL says of a value in the form of another type than its column's, but poolers of a lost connection. */
    boolean isPerhapsOfThePlan() {
        return state.equals("08P01");
    }

    /** The database is away, full, stopping or takes no writes, or ended the transaction: the same will do later. */
    boolean isOfTheDatabase() {
        return SqlState.isUnavailable(state)
                || SqlState.isReadOnly(state)
                || state.startsWith("53")
                || ENDED_BY_THE_SERVER.contains(state);
    }
}
