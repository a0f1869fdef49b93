package dev.tidemark.rollups;

import dev.tidemark.spi.Questions;
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

/** Merges drafts into the rows of a rollup with sketches. */
record DraftStore(Questions questions) {

    /** Rows written at a time. */
    private static final int PIECE = 5_000;

    void write(Connection connection, Rollup rollup, List<? extends Draft> drafts) throws SQLException {
        var parts = rollup.sketches();
        for (var piece : pieces(drafts)) {
            var stored = stored(connection, rollup, piece);
            var sketches = IntStream.range(0, piece.size())
                    .mapToObj(place -> merged(parts, piece.get(place), stored.get(place)))
                    .toList();
            write(connection, rollup, piece, sketches);
        }
    }

    /** Whether rows have other sketches than these. */
    boolean isSpoiled(Connection connection, Rollup rollup, List<? extends Draft> drafts) throws SQLException {
        for (var piece : pieces(drafts)) {
            var stored = stored(connection, rollup, piece);
            for (int place = 0; place < piece.size(); place++) {
                if (isSpoiled(rollup, piece.get(place), stored.get(place))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSpoiled(Rollup rollup, Draft draft, @Nullable Object[] stored) {
        var parts = rollup.sketches();
        return IntStream.range(0, parts.size()).anyMatch(i -> {
            var sketch = parts.get(i).empty();
            draft.addTo(i, sketch);
            return Stream.ofNullable(stored[i]).noneMatch(sketch::agrees);
        });
    }

    /** The sketches of a draft, with those that its row has already. */
    private static List<Object> merged(List<SketchPart> parts, Draft draft, @Nullable Object[] stored) {
        var merged = new ArrayList<Object>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            var sketch = parts.get(i).empty();
            if (stored[i] != null) {
                sketch.merge(stored[i]);
            }
            draft.addTo(i, sketch);
            merged.add(sketch.stored());
        }
        return merged;
    }

    private List<@Nullable Object[]> stored(Connection connection, Rollup rollup, List<? extends Draft> drafts)
            throws SQLException {
        var parts = rollup.sketches();
        var stored = Stream.generate(() -> new @Nullable Object[parts.size()])
                .limit(drafts.size())
                .toList();
        try (var statement = questions.prepare(connection, new RollupTable(rollup).sketches())) {
            statement.setArray(1, array(connection, "text", drafts, Draft::time));
            statement.setArray(2, array(connection, "uuid", drafts, Draft::key));
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

    private static List<List<Draft>> pieces(List<? extends Draft> drafts) {
        return IntStream.iterate(0, from -> from < drafts.size(), from -> from + PIECE)
                .mapToObj(from -> List.<Draft>copyOf(drafts.subList(from, Math.min(from + PIECE, drafts.size()))))
                .toList();
    }

    private static @Nullable Object stored(ResultSet row, int place, SketchPart part) throws SQLException {
        return part.kind() == SketchPart.Kind.TOP ? row.getString(place) : (Object) row.getBytes(place);
    }

    private void write(Connection connection, Rollup rollup, List<Draft> drafts, List<List<Object>> sketches)
            throws SQLException {
        try (var statement = questions.prepare(connection, new RollupTable(rollup).upsert())) {
            var values = drafts.stream().map(Draft::values).toList();
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
            statement.setArray(place, array(connection, "uuid", drafts, Draft::key));
            statement.executeUpdate();
        }
    }

    private static <T> Array array(
            Connection connection, String type, List<? extends T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
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
