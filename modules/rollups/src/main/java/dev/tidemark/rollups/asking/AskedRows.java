package dev.tidemark.rollups.asking;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.asking.TailStore.Tail;
import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.rows.CascadeRows;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/** What a question to a rollup reads: the rows of its table, and beside them, as rows too, what is not in these yet. */
record AskedRows(Rollup rollup, EventRows events) {

    SqlFragment table(Tail tail) {
        var all = new ArrayList<SqlFragment>();
        all.add(kept(tail));
        if (!tail.stale().isEmpty()) {
            all.add(new CascadeRows(rollup).single(tail.stale()));
        }
        tail.commits().ifPresent(commits -> all.add(events.single(commits.condition())));
        return sql("({}) as rolled", joined(" union all ", List.copyOf(all)));
    }

    private SqlFragment kept(Tail tail) {
        var table = new RollupTable(rollup);
        var columns = new ArrayList<>(table.typed());
        rollup.sketches().forEach(part -> columns.add(part.name()));
        rollup.sketched()
                .forEach(column ->
                        columns.add(sql("null::{} as {}", SqlFragment.type(column.type()), SketchPart.value(column))));
        var rows = sql("select {} from {}", joined(", ", columns), table.name());
        return tail.stale().isEmpty() ? rows : sql("{} where _time <> all({})", rows, Moments.sql(tail.stale()));
    }
}
