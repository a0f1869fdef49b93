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

    /** Groups in memory, about. */
    private static final long MOST_BYTES = 48 << 20;

    private final Questions questions;

    SketchStore(Questions questions) {
        this.questions = questions;
    }

    void merge(Connection connection, Rollup rollup, RollupSql sql, SqlFragment condition) throws SQLException {
        try (var statement = questions.prepare(connection, sql.events(condition))) {
            statement.setFetchSize(FETCHED);
            try (var events = statement.executeQuery()) {
                for (var groups = next(rollup, events); !groups.isEmpty(); groups = next(rollup, events)) {
                    write(connection, rollup, sql, groups);
                }
            }
        }
    }

    /** Whether rows have other sketches than their events make. Not looked into when these do not fit into memory. */
    boolean isSpoiled(Connection connection, Rollup rollup, RollupSql sql, SqlFragment condition) throws SQLException {
        try (var statement = questions.prepare(connection, sql.events(condition))) {
            statement.setFetchSize(FETCHED);
            try (var events = statement.executeQuery()) {
                var groups = next(rollup, events);
                return next(rollup, events).isEmpty() && isSpoiled(connection, rollup, sql, groups);
            }
        }
    }

    private boolean isSpoiled(Connection connection, Rollup rollup, RollupSql sql, List<EventGroup> groups)
            throws SQLException {
        for (var piece : pieces(groups)) {
            var stored = stored(connection, rollup, sql, piece);
            for (int place = 0; place < piece.size(); place++) {
                if (isSpoiled(rollup, piece.get(place), stored.get(place))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSpoiled(Rollup rollup, EventGroup group, @Nullable Object[] stored) {
        var parts = rollup.sketches();
        return IntStream.range(0, parts.size()).anyMatch(i -> {
            var sketch = parts.get(i).empty();
            group.sketched(rollup.sketched().indexOf(parts.get(i).of())).forEach(sketch::add);
            return Stream.ofNullable(stored[i]).noneMatch(sketch::agrees);
        });
    }

    /** The next groups of events that fit into memory; none: there are no more events. */
    private static List<EventGroup> next(Rollup rollup, ResultSet events) throws SQLException {
        var groups = new EventGroups(rollup);
        while (groups.bytes() < MOST_BYTES && events.next()) {
            groups.add(events);
        }
        return groups.sorted();
    }

    private void write(Connection connection, Rollup rollup, RollupSql sql, List<EventGroup> groups)
            throws SQLException {
        for (var piece : pieces(groups)) {
            var stored = stored(connection, rollup, sql, piece);
            var sketches = IntStream.range(0, piece.size())
                    .mapToObj(place -> merged(rollup, piece.get(place), stored.get(place)))
                    .toList();
            write(connection, sql, piece, sketches);
        }
    }

    /** The sketches of a group, with those that its row has already. */
    private static List<Object> merged(Rollup rollup, EventGroup group, @Nullable Object[] stored) {
        var columns = rollup.sketched();
        var parts = rollup.sketches();
        var merged = new ArrayList<Object>();
        for (int i = 0; i < parts.size(); i++) {
            var sketch = parts.get(i).empty();
            Stream.ofNullable(stored[i]).forEach(sketch::merge);
            group.sketched(columns.indexOf(parts.get(i).of())).forEach(sketch::add);
            merged.add(sketch.stored());
        }
        return merged;
    }

    private List<@Nullable Object[]> stored(
            Connection connection, Rollup rollup, RollupSql sql, List<EventGroup> groups) throws SQLException {
        var parts = rollup.sketches();
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

    private static List<List<EventGroup>> pieces(List<EventGroup> groups) {
        return IntStream.iterate(0, from -> from < groups.size(), from -> from + PIECE)
                .mapToObj(from -> groups.subList(from, Math.min(from + PIECE, groups.size())))
                .toList();
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
