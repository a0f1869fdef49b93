package dev.tidemark.spi;

import io.helidon.dbclient.DbClient;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One PostgreSQL schema. Every connection already stands in it, so statements name tables without a schema and cannot
 * reach another project by mistake.
 */
public interface Database {

    /** For single statements, each its own transaction. */
    DbClient statements();

    /**
     * For what takes several steps, a cursor or COPY: commits when the work returns, rolls back when it throws.
     *
     * <p>A deadlock or a serialization failure runs the work again, so it may touch nothing but the connection.
     *
     * @throws CallerException {@code UNAVAILABLE} when PostgreSQL cannot be reached
     * @throws DatabaseException when a statement or the commit fails; only after a failed commit is it unknown whether
     *     the work was kept
     */
    <T> T transaction(Work<T> work);

    /** What happens inside a transaction. The connection is lent: never closed or committed by the work. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
