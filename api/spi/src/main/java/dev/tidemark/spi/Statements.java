package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of a module's own in transactions of its own, where it is made of {@link SqlFragment}s or of many rows. */
public interface Statements {

    /**
     * A statement of a module's own for a transaction of its own, with the values of its parameters. Whoever asks for it runs
     * it and closes it.
     */
    PreparedStatement prepare(Connection transaction, SqlFragment statement) throws SQLException;

    /**
     * The same for a statement that finds many rows: they come a few thousand at a time, and numbers and times in the binary
     * format. The server keeps the statement, so what it selects is cast to types that do not change with a table's columns.
     */
    PreparedStatement prepareCursor(Connection transaction, SqlFragment statement) throws SQLException;

    /**
     * Adds rows to a table of the project in a transaction of a module's own by COPY, many times quicker than one by one.
     *
     * @param rows made while earlier ones are written: of each column a value of the class that goes with its type, which is Boolean
     *     for {@code boolean}, Long for {@code bigint}, Double for {@code double precision}, BigDecimal for {@code numeric}, String
     *     for {@code text}, Instant for {@code timestamptz}, LocalDate for {@code date}, Map for {@code jsonb}, byte[] for {@code
     *     bytea}, UUID for {@code uuid}
     */
    void copy(Connection transaction, String table, List<String> columns, Iterator<List<@Nullable Object>> rows)
            throws SQLException;
}
