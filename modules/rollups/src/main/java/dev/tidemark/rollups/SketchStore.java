package dev.tidemark.rollups;

import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges values into the sketches of rows that are there already. PostgreSQL groups the values, and this program makes the
 * sketches, since few databases have the extensions that could.
 */
final class SketchStore {

    /** Rows in memory at a time. */
    private static final int PIECE = 1_000;

    private final Questions questions;

    SketchStore(Questions questions) {
        this.questions = questions;
    }

    /** @param values the rows' times and keys, their sketches, and the values to take in, as {@link RollupSql#values} has them */
    void merge(Connection connection, Rollup rollup, SqlFragment values) throws SQLException {
        var sketches = rollup.sketches();
        var columns = rollup.sketched();
        var valuesOf = sketches.stream().map(part -> columns.indexOf(part.of())).toList();
        try (var statement = questions.prepare(connection, values)) {
            statement.setFetchSize(PIECE);
            try (var rows = statement.executeQuery()) {
                List<Row> piece = new ArrayList<>();
                while (rows.next()) {
                    piece.add(row(rows, sketches, columns.size(), valuesOf));
                    if (piece.size() == PIECE) {
                        write(connection, rollup, piece);
                        piece.clear();
                    }
                }
                write(connection, rollup, piece);
            }
        }
    }

    /** @param valuesOf for each sketch, which of the measured columns has its values */
    private static Row row(ResultSet row, List<SketchPart> sketches, int measured, List<Integer> valuesOf)
            throws SQLException {
        var values = new ArrayList<Object[]>();
        for (int i = 0; i < measured; i++) {
            values.add(values(row.getArray(3 + sketches.size() + i)));
        }
        var stored = new ArrayList<Object>();
        for (int i = 0; i < sketches.size(); i++) {
            var part = sketches.get(i);
            var sketch = part.empty();
            var before = part.kind() == SketchPart.Kind.TOP ? row.getString(3 + i) : (Object) row.getBytes(3 + i);
            if (before != null) {
                sketch.merge(before);
            }
            for (var value : values.get(valuesOf.get(i))) {
                sketch.add(value);
            }
            stored.add(sketch.stored());
        }
        return new Row(row.getString(1), row.getString(2), stored);
    }

    private static Object[] values(@Nullable Array array) throws SQLException {
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }

    private static void write(Connection connection, Rollup rollup, List<Row> rows) throws SQLException {
        var sketches = rollup.sketches();
        var places = IntStream.range(0, sketches.size()).boxed().toList();
        var sql = """
                update %s as kept
                set %s
                from unnest(?::timestamptz[], ?::uuid[], %s) as merged(_time, _key, %s)
                where kept._time = merged._time and kept._key = merged._key
                """.formatted(
                        SqlName.quoted(rollup.table()),
                        joined(places, i -> SqlName.quoted(sketches.get(i).column()) + " = s" + i),
                        joined(places, i -> "?::" + sketches.get(i).type() + "[]"),
                        joined(places, i -> "s" + i));
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(connection, "text", rows.stream().map(Row::time)));
            statement.setArray(2, array(connection, "text", rows.stream().map(Row::key)));
            for (int i : places) {
                var type = sketches.get(i).kind() == SketchPart.Kind.TOP ? "text" : "bytea";
                statement.setArray(
                        3 + i,
                        array(
                                connection,
                                type,
                                rows.stream().map(row -> row.sketches().get(i))));
            }
            statement.executeUpdate();
        }
    }

    private static String joined(List<Integer> places, IntFunction<String> text) {
        return places.stream().map(text::apply).collect(Collectors.joining(", "));
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray());
    }

    private record Row(String time, String key, List<Object> sketches) {}
}
