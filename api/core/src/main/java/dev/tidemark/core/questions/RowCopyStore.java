package dev.tidemark.core.questions;

import static java.util.stream.Collectors.joining;

import dev.tidemark.core.events.copy.BinaryBuffer;
import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.core.events.copy.CopyStream;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Adds rows to a table by binary COPY: PostgreSQL writes some while the next are made. */
final class RowCopyStore {

    private static final int ROW = 1024;

    private RowCopyStore() {}

    static void copy(Connection connection, String table, List<String> columns, Iterator<List<@Nullable Object>> rows)
            throws SQLException {
        var names = columns.stream().map(SqlName::quoted).collect(joining(", "));
        var sql = "copy " + SqlName.quoted(table) + " (" + names + ") from stdin (format binary)";
        var row = new BinaryBuffer(ROW);
        try (var stream = new CopyStream(
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql))) {
            while (rows.hasNext()) {
                row.clear();
                put(row, rows.next());
                stream.write(row.bytes(), 0, row.size());
            }
            stream.end();
        }
    }

    private static void put(BinaryBuffer out, List<@Nullable Object> row) {
        out.putShort(row.size());
        for (var value : row) {
            if (value == null) {
                BinaryRow.putNull(out);
            } else {
                BinaryRow.put(out, value);
            }
        }
    }
}
