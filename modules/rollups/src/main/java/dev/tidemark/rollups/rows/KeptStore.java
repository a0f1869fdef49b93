package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.Sketch;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a rollup that are there when drafts come for them: read, merged by this program, and written again. */
record KeptStore(Statements statements) {

    /** Rows at a time, at most. */
    private static final int PIECE = 5_000;

    /** Whatever the planner knows of the table: it would rather read all of it for each piece, and hash the keys. */
    private static final String FIND_BY_KEY = """
            set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;
            set local enable_bitmapscan = off; set local enable_sort = off\
            """;

    /** A plan that is made for the values of a statement has copies of its arrays in it, which take as long to make as some rows to write. */
    private static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan";

    private static final String AS_EVER = """
            set local enable_seqscan to default; set local enable_hashjoin to default; set local enable_mergejoin to default;
            set local enable_bitmapscan to default; set local enable_sort to default; set local plan_cache_mode to default\
            """;

    /**
     * Merges those whose rows are there; gives the others. While some are merged, the next are read and the last are written.
     *
     * @param drafts in their order
     */
    List<Draft> merge(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        execute(connection, FIND_BY_KEY);
        var others = new ArrayList<Draft>();
        var pieces = pieces(rollup, drafts);
        try (var kept = new KeptSketchStore(statements, connection, rollup, drafts);
                var statements = new StatementThread()) {
            execute(connection, PLAN_ONCE);
            Future<?> written = CompletableFuture.completedFuture(others);
            var next = statements.begin(() -> kept.sketches(pieces.getFirst()));
            for (int i = 0; i < pieces.size(); i++) {
                var found = StatementThread.awaited(next);
                if (i + 1 < pieces.size()) {
                    var piece = pieces.get(i + 1);
                    next = statements.begin(() -> kept.sketches(piece));
                }
                var merged = merged(pieces.get(i), found, others);
                if (!merged.isEmpty()) {
                    var update = update(connection, rollup, merged);
                    StatementThread.awaited(written);
                    written = statements.begin(() -> run(update));
                }
            }
            StatementThread.awaited(written);
        }
        execute(connection, AS_EVER);
        return others;
    }

    static List<List<Draft>> pieces(Rollup rollup, List<Draft> drafts) {
        int most = Math.min(PIECE, Fetch.rows(SketchPart.longest(rollup)));
        return IntStream.iterate(0, from -> from < drafts.size(), from -> from + most)
                .mapToObj(from -> List.<Draft>copyOf(drafts.subList(from, Math.min(from + most, drafts.size()))))
                .toList();
    }

    private static void execute(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(setting);
        }
    }

    /** A draft whose row is there, its values, and its sketches with those that the row has already. */
    private record Merged(RowPlace place, List<@Nullable Object> values, List<Object> sketches) {}

    /** @param others takes those whose rows are not there */
    private static List<Merged> merged(List<Draft> drafts, Map<Integer, @Nullable Object[]> found, List<Draft> others) {
        var merged = new ArrayList<Merged>();
        for (int place = 0; place < drafts.size(); place++) {
            var draft = drafts.get(place);
            var stored = found.get(place);
            if (stored == null) {
                others.add(draft);
            } else {
                var content = draft.content().get();
                merged.add(new Merged(draft.place(), content.values(), merged(content.sketches(), stored)));
            }
        }
        return merged;
    }

    private static List<Object> merged(List<Sketch> sketches, @Nullable Object[] stored) {
        var merged = new ArrayList<Object>(stored.length);
        for (int i = 0; i < stored.length; i++) {
            var sketch = sketches.get(i);
            Stream.ofNullable(stored[i]).forEach(sketch::merge);
            merged.add(sketch.stored());
        }
        return merged;
    }

    /** The statement that writes rows, with its values, which take longer to be made ready than to be sent. */
    private PreparedStatement update(Connection connection, Rollup rollup, List<Merged> rows) throws SQLException {
        var statement = statements.prepare(connection, new RollupTable(rollup).update());
        int place = 1;
        ArrayParameter.set(statement, place++, "text", rows, row -> row.place().time());
        for (int i = 1 + rollup.dimensions().size();
                i < rows.getFirst().values().size();
                i++) {
            int column = i;
            ArrayParameter.set(
                    statement, place++, "text", rows, row -> row.values().get(column));
        }
        for (int i = 0; i < rows.getFirst().sketches().size(); i++) {
            int column = i;
            setSketches(
                    statement,
                    place++,
                    rows.stream().map(row -> row.sketches().get(column)).toList());
        }
        ArrayParameter.set(statement, place, "uuid", rows, row -> row.place().key());
        return statement;
    }

    private static int run(PreparedStatement update) throws SQLException {
        try (update) {
            return update.executeUpdate();
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
