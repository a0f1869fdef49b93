package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.sketches.TopSketch;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges drafts into the rows of a rollup with sketches. */
record DraftStore(Statements statements, KeptStore kept) {

    DraftStore(Statements statements) {
        this(statements, new KeptStore(statements));
    }

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
            added.addAll(kept.merge(connection, rollup, maybeThere));
        }
        add(connection, rollup, added);
    }

    /** The times of those buckets that have rows. */
    private Set<Instant> begun(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        var times = drafts.stream().map(Draft::time).distinct().toList();
        try (var statement = statements.prepare(connection, new RollupTable(rollup).begun())) {
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
            statements.copy(connection, rollup.table(), new RollupTable(rollup).whole(), rows.iterator());
        }
    }

    /** A row as {@link RollupTable#whole} has it. */
    private static List<@Nullable Object> whole(Draft draft) {
        var content = draft.content().get();
        var row = new ArrayList<@Nullable Object>(content.values());
        for (var sketch : content.sketches()) {
            row.add(sketch instanceof TopSketch top ? top.counters() : sketch.stored());
        }
        row.add(draft.key());
        return row;
    }

    /** Whether rows have other sketches than these. */
    boolean isSpoiled(Connection connection, Rollup rollup, List<Draft> drafts) throws SQLException {
        try (var reading = new KeptSketchStore(statements, connection, rollup, drafts)) {
            for (var piece : KeptStore.pieces(rollup, drafts)) {
                var stored = reading.sketches(piece);
                for (int place = 0; place < piece.size(); place++) {
                    var sketches = stored.get(place);
                    if (sketches == null || isSpoiled(piece.get(place), sketches)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isSpoiled(Draft draft, @Nullable Object[] stored) {
        var sketches = draft.content().get().sketches();
        return IntStream.range(0, stored.length)
                .anyMatch(i -> Stream.ofNullable(stored[i]).noneMatch(sketches.get(i)::agrees));
    }
}
