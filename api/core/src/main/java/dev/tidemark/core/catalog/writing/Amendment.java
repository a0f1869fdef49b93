package dev.tidemark.core.catalog.writing;

import dev.tidemark.core.catalog.snapshot.Catalog;
import java.sql.Connection;
import java.sql.SQLException;

/** A change of the catalogue that someone asked for, within the transaction that holds the project's catalogue lock. */
@FunctionalInterface
public interface Amendment {

    /**
     * It may run again when a table is in use, and touches nothing but the connection.
     *
     * @throws dev.tidemark.spi.CallerException when it cannot be: nothing is changed then
     */
    void apply(Connection connection, Catalog before) throws SQLException;
}
