package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.copy.CopyStream;
import dev.tidemark.core.events.planning.Layout;
import dev.tidemark.core.events.planning.TableRows;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The tables of collections, as far as rows are copied into them. */
final class CopyStore {

    /** Copies the new rows of many requests, all of one layout. */
    void copy(Connection connection, List<TableRows> parts) throws SQLException {
        if (parts.stream().mapToInt(TableRows::countNew).sum() == 0) {
            return;
        }
        try (var stream = open(connection, parts.getFirst().layout())) {
            for (var rows : parts) {
                copy(stream, rows);
            }
            stream.end();
        }
    }

    /** Finds the rows that PostgreSQL refuses, by halves. Leaves nothing behind. */
    List<RowReference> refused(Connection connection, List<TableRows> parts) throws SQLException {
        List<RowReference> refused = new ArrayList<>();
        search(connection, RowReference.newOf(parts), refused);
        return refused;
    }

    private static void search(Connection connection, List<RowReference> rows, List<RowReference> refused)
            throws SQLException {
        if (rows.isEmpty() || fits(connection, rows)) {
            return;
        }
        if (rows.size() == 1) {
            refused.addAll(rows);
            return;
        }
        var middle = rows.size() / 2;
        search(connection, rows.subList(0, middle), refused);
        search(connection, rows.subList(middle, rows.size()), refused);
    }

    private static boolean fits(Connection connection, List<RowReference> references) throws SQLException {
        var before = connection.setSavepoint();
        try (var stream = open(connection, references.getFirst().rows().layout())) {
            for (var reference : references) {
                write(stream, reference.rows(), reference.row(), reference.row());
            }
            stream.end();
            return true;
        } catch (SQLException e) {
            if (!Failure.of(e).isOfTheData()) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback(before);
        }
    }

    private static CopyStream open(Connection connection, Layout layout) throws SQLException {
        var columns = layout.columnNames().stream().map(SqlName::quoted).collect(Collectors.joining(", "));
        var sql = "copy " + SqlName.quoted(layout.table()) + " (" + columns + ") from stdin (format binary)";
        return new CopyStream(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
    }

    /** Rows that follow one another and are new go together. */
    private static void copy(CopyStream stream, TableRows rows) throws SQLException {
        for (int row = 0; row < rows.count(); row++) {
            if (rows.isNew(row)) {
                var first = row;
                while (row + 1 < rows.count() && rows.isNew(row + 1)) {
                    row++;
                }
                write(stream, rows, first, row);
            }
        }
    }

    private static void write(CopyStream stream, TableRows rows, int first, int last) throws SQLException {
        var start = rows.start(first);
        stream.write(rows.buffer().bytes(), start, rows.end(last) - start);
    }
}
