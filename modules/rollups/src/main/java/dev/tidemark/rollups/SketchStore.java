package dev.tidemark.rollups;

import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges events into the rows of a rollup with sketches. This program groups them and makes the sketches, since few databases
 * have the extensions that could; each row is read and written once for many events.
 */
final class SketchStore {

    /** Events fetched at a time. */
    private static final int FETCHED = 10_000;

    /** Rows written at a time. */
    private static final int PIECE = 5_000;

    /** Groups are written when they take more. */
    private static final long MOST_BYTES = 64 << 20;

    private final Questions questions;

    SketchStore(Questions questions) {
        this.questions = questions;
    }

    void merge(Connection connection, Rollup rollup, RollupSql sql, SqlFragment condition) throws SQLException {
        var groups = new EventGroups(rollup);
        try (var statement = questions.prepare(connection, sql.events(condition))) {
            statement.setFetchSize(FETCHED);
            try (var events = statement.executeQuery()) {
                while (events.next()) {
                    groups.add(events);
                    if (groups.bytes() > MOST_BYTES) {
                        write(connection, rollup, sql, groups.taken());
                    }
                }
            }
        }
        write(connection, rollup, sql, groups.taken());
    }

    private void write(Connection connection, Rollup rollup, RollupSql sql, List<EventGroup> groups)
            throws SQLException {
        for (int from = 0; from < groups.size(); from += PIECE) {
            var piece = groups.subList(from, Math.min(from + PIECE, groups.size()));
            write(connection, sql, piece, sketches(connection, rollup, sql, piece));
        }
    }

    /** For each group its sketches, with those that its row has already. */
    private List<List<Object>> sketches(Connection connection, Rollup rollup, RollupSql sql, List<EventGroup> groups)
            throws SQLException {
        var parts = rollup.sketches();
        var columns = rollup.sketched();
        var ofParts = parts.stream().map(part -> columns.indexOf(part.of())).toList();
        var stored = stored(connection, sql, parts, groups);
        return IntStream.range(0, groups.size())
                .mapToObj(place -> IntStream.range(0, parts.size())
                        .mapToObj(i -> {
                            var sketch = parts.get(i).empty();
                            Stream.ofNullable(stored.get(place)[i]).forEach(sketch::merge);
                            groups.get(place).sketched(ofParts.get(i)).forEach(sketch::add);
                            return sketch.stored();
                        })
                        .toList())
                .toList();
    }

    private List<@Nullable Object[]> stored(
            Connection connection, RollupSql sql, List<SketchPart> parts, List<EventGroup> groups) throws SQLException {
        var stored = Stream.generate(() -> new @Nullable Object[parts.size()])
                .limit(groups.size())
                .toList();
        try (var statement = questions.prepare(connection, sql.sketches())) {
            statement.setArray(1, array(connection, "text", groups, EventGroup::time));
            statement.setArray(2, array(connection, "uuid", groups, EventGroup::key));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var place = (int) rows.getLong(1) - 1;
                    for (int i = 0; i < parts.size(); i++) {
                        stored.get(place)[i] = stored(rows, 2 + i, parts.get(i));
                    }
                }
            }
        }
        return stored;
    }

    private static @Nullable Object stored(ResultSet row, int place, SketchPart part) throws SQLException {
        return part.kind() == SketchPart.Kind.TOP ? row.getString(place) : (Object) row.getBytes(place);
    }

    private void write(Connection connection, RollupSql sql, List<EventGroup> groups, List<List<Object>> sketches)
            throws SQLException {
        try (var statement = questions.prepare(connection, sql.upsert())) {
            var values = groups.stream().map(EventGroup::values).toList();
            int place = 1;
            for (int i = 0; i < values.getFirst().size(); i++) {
                int column = i;
                statement.setArray(place++, array(connection, "text", values, row -> row.get(column)));
            }
            for (int i = 0; i < sketches.getFirst().size(); i++) {
                int column = i;
                var type = sketches.getFirst().get(i) instanceof String ? "text" : "bytea";
                statement.setArray(place++, array(connection, type, sketches, row -> row.get(column)));
            }
            statement.setArray(place, array(connection, "uuid", groups, EventGroup::key));
            statement.executeUpdate();
        }
    }

    private static <T> Array array(
            Connection connection, String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        rows.forEach(row -> values.add(value.apply(row)));
        return connection.createArrayOf(
                type,
                switch (type) {
                    case "bytea" -> values.toArray(byte[][]::new);
                    case "text" -> values.toArray(String[]::new);
                    default -> values.toArray();
                });
    }
}
