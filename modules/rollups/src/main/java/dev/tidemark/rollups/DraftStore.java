package dev.tidemark.rollups;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges drafts into the rows of a rollup with sketches. */
record DraftStore(Questions questions) {

    /** Rows written at a time. */
    private static final int PIECE = 5_000;

    /** Rows that are there are read, merged and written again; all others are added by COPY. */
    void write(Connection connection, Rollup rollup, List<? extends Draft> drafts) throws SQLException {
        var begun = begun(connection, rollup, drafts);
        var added = new ArrayList<Draft>();
        var maybeThere = new ArrayList<Draft>();
        drafts.forEach(draft -> (begun.contains(draft.time()) ? maybeThere : added).add(draft));
        var parts = rollup.sketches();
        for (var piece : pieces(maybeThere)) {
            var stored = stored(connection, rollup, piece);
            var there = new ArrayList<Draft>();
            var sketches = new ArrayList<List<Object>>();
            for (int place = 0; place < piece.size(); place++) {
                var kept = stored.get(place);
                if (kept == null) {
                    added.add(piece.get(place));
                } else {
                    there.add(piece.get(place));
                    sketches.add(merged(parts, piece.get(place), kept));
                }
            }
            update(connection, rollup, there, sketches);
        }
        add(connection, rollup, added);
    }

    /** The times of those buckets that have rows. */
    private Set<String> begun(Connection connection, Rollup rollup, List<? extends Draft> drafts) throws SQLException {
        var times = drafts.stream().map(Draft::time).distinct().toList();
        try (var statement = questions.prepare(connection, new RollupTable(rollup).begun())) {
            ArrayParameter.set(statement, 1, "text", times);
            try (var rows = statement.executeQuery()) {
                var begun = new HashSet<String>();
                while (rows.next()) {
                    begun.add(times.get((int) rows.getLong(1) - 1));
                }
                return begun;
            }
        }
    }

    private void add(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        if (!drafts.isEmpty()) {
            var parts = rollup.sketches();
            var rows = drafts.stream().map(draft -> whole(parts, draft));
            questions.copy(connection, rollup.table(), new RollupTable(rollup).whole(), rows.iterator());
        }
    }

    /** A row as {@link RollupTable#whole} has it. */
    private static List<@Nullable String> whole(List<SketchPart> parts, Draft draft) {
        var row = new ArrayList<@Nullable String>(draft.values());
        for (var sketch : merged(parts, draft, new @Nullable Object[parts.size()])) {
            row.add(sketch instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : sketch.toString());
        }
        row.add(draft.key().toString());
        return row;
    }

    /** Whether rows have other sketches than these. */
    boolean isSpoiled(Connection connection, Rollup rollup, List<? extends Draft> drafts) throws SQLException {
        for (var piece : pieces(drafts)) {
            var stored = stored(connection, rollup, piece);
            for (int place = 0; place < piece.size(); place++) {
                var kept = stored.get(place);
                if (kept == null || isSpoiled(rollup, piece.get(place), kept)) {
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

    /** The sketches of those rows that are there, by the places of the drafts. */
    private Map<Integer, @Nullable Object[]> stored(Connection connection, Rollup rollup, List<Draft> drafts)
            throws SQLException {
        var parts = rollup.sketches();
        var stored = new HashMap<Integer, @Nullable Object[]>();
        try (var statement = questions.prepare(connection, new RollupTable(rollup).sketches())) {
            ArrayParameter.set(statement, 1, "text", drafts, Draft::time);
            ArrayParameter.set(statement, 2, "uuid", drafts, Draft::key);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var kept = new @Nullable Object[parts.size()];
                    for (int i = 0; i < parts.size(); i++) {
                        kept[i] = stored(rows, 2 + i, parts.get(i));
                    }
                    stored.put((int) rows.getLong(1) - 1, kept);
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

    private void update(Connection connection, Rollup rollup, List<Draft> drafts, List<List<Object>> sketches)
            throws SQLException {
        if (drafts.isEmpty()) {
            return;
        }
        try (var statement = questions.prepare(connection, new RollupTable(rollup).update())) {
            var values = drafts.stream().map(Draft::values).toList();
            int place = 1;
            ArrayParameter.set(statement, place++, "text", drafts, Draft::time);
            for (int i = 1 + rollup.dimensions().size(); i < values.getFirst().size(); i++) {
                int column = i;
                ArrayParameter.set(statement, place++, "text", values, row -> row.get(column));
            }
            for (int i = 0; i < sketches.getFirst().size(); i++) {
                int column = i;
                setSketches(
                        statement,
                        place++,
                        sketches.stream().map(row -> row.get(column)).toList());
            }
            ArrayParameter.set(statement, place, "uuid", drafts, Draft::key);
            statement.executeUpdate();
        }
    }

    /** The driver wants to know by the array's own type that its values are bytes. */
    private static void setSketches(PreparedStatement statement, int place, List<Object> column) throws SQLException {
        if (column.getFirst() instanceof byte[]) {
            statement.setArray(place, statement.getConnection().createArrayOf("bytea", column.toArray(byte[][]::new)));
        } else {
            ArrayParameter.set(statement, place, "text", column);
        }
    }
}
