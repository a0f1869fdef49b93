package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.TopSketch;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Whatever the planner knows of the table: it would rather read all of it for each piece, and hash the keys. */
    private static final String FIND_BY_KEY =
            "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off";

    private static final String FIND_AS_EVER =
            "set local enable_seqscan to default; set local enable_hashjoin to default; set local enable_mergejoin to default";

    /** Rows that are there are read, merged and written again; all others are added by COPY. */
    void write(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        if (drafts.isEmpty()) {
            return;
        }
        var begun = begun(connection, rollup, drafts);
        var added = new ArrayList<Draft>();
        var maybeThere = new ArrayList<Draft>();
        drafts.forEach(draft -> (begun.contains(draft.time()) ? maybeThere : added).add(draft));
        if (!maybeThere.isEmpty()) {
            execute(connection, FIND_BY_KEY);
            for (var piece : pieces(maybeThere)) {
                added.addAll(merge(connection, rollup, piece));
            }
            execute(connection, FIND_AS_EVER);
        }
        add(connection, rollup, added);
    }

    /** Merges those whose rows are there; gives the others. */
    private List<Draft> merge(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        var stored = stored(connection, rollup, drafts);
        var there = new ArrayList<Draft>();
        var sketches = new ArrayList<List<Object>>();
        var others = new ArrayList<Draft>();
        for (int place = 0; place < drafts.size(); place++) {
            var draft = drafts.get(place);
            var kept = stored.get(place);
            if (kept == null) {
                others.add(draft);
            } else {
                there.add(draft);
                sketches.add(merged(draft, kept));
            }
        }
        update(connection, rollup, there, sketches);
        return others;
    }

    private static void execute(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(setting);
        }
    }

    /** The times of those buckets that have rows. */
    private Set<Instant> begun(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        var times = drafts.stream().map(Draft::time).distinct().toList();
        try (var statement = questions.prepare(connection, new RollupTable(rollup).begun())) {
            ArrayParameter.set(statement, 1, "text", times);
            try (var rows = statement.executeQuery()) {
                var begun = new HashSet<Instant>();
                while (rows.next()) {
                    begun.add(times.get((int) rows.getLong(1) - 1));
                }
                return begun;
            }
        }
    }

    private void add(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        if (!drafts.isEmpty()) {
            var rows = drafts.stream().map(DraftStore::whole);
            questions.copy(connection, rollup.table(), new RollupTable(rollup).whole(), rows.iterator());
        }
    }

    /** A row as {@link RollupTable#whole} has it. */
    private static List<@Nullable Object> whole(Draft draft) {
        var row = new ArrayList<@Nullable Object>(draft.values());
        for (var sketch : draft.sketches()) {
            row.add(sketch instanceof TopSketch top ? TopSketch.counters(top.stored()) : sketch.stored());
        }
        row.add(draft.key());
        return row;
    }

    /** Whether rows have other sketches than these. */
    boolean isSpoiled(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        for (var piece : pieces(drafts)) {
            var stored = stored(connection, rollup, piece);
            for (int place = 0; place < piece.size(); place++) {
                var kept = stored.get(place);
                if (kept == null || isSpoiled(piece.get(place), kept)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSpoiled(Draft draft, @Nullable Object[] stored) {
        var sketches = draft.sketches();
        return IntStream.range(0, stored.length)
                .anyMatch(i -> Stream.ofNullable(stored[i]).noneMatch(sketches.get(i)::agrees));
    }

    /** The sketches of a draft with those that its row has already. */
    private static List<Object> merged(Draft draft, @Nullable Object[] stored) {
        var merged = new ArrayList<Object>(stored.length);
        for (int i = 0; i < stored.length; i++) {
            var sketch = draft.sketches().get(i);
            Stream.ofNullable(stored[i]).forEach(sketch::merge);
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

    private static List<List<Draft>> pieces(List<Draft> drafts) {
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
