package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How SQL makes rows of a rollup out of those of another, which has shorter buckets, and the dimensions and measures at least.
 */
public record CascadeRows(Rollup rollup) implements Origin {

    @Override
    public SqlFragment exact(Span span, Share share) {
        return grouped(span, share);
    }

    /**
     * Each row of the other in a share of buckets with its sketches and the place and the exact values of the row that it goes into,
     * one of the same place after the other: all sketches of one place could be more than the memory holds.
     */
    SqlFragment sketched(Span span, Share share) {
        var names = new RollupTable(rollup).names();
        var place = joined(", ", names.subList(0, 1 + rollup.dimensions().size()));
        var alike = sql(" over alike");
        var columns = new ArrayList<SqlFragment>(
                names.subList(0, 1 + rollup.dimensions().size()));
        columns.add(count(alike));
        rollup.parts().forEach(part -> columns.add(sql("{} as {}", part.ofRows(alike), part.name())));
        rollup.sketches().forEach(part -> columns.add(part.name()));
        var single = columns(Part::name);
        rollup.sketches().forEach(part -> single.add(sql("{} as {}", part.stored(), part.name())));
        return sql(
                "select {} from ({}) as placed window alike as (partition by {}) order by {}",
                joined(", ", columns),
                select(single, span, share),
                place,
                place);
    }

    /** Each row of the other as one of this, in the buckets given, with no values that are in no sketch yet. */
    public SqlFragment single(List<Instant> buckets) {
        var columns = columns(Part::name);
        rollup.sketches().forEach(part -> columns.add(part.name()));
        rollup.sketched()
                .forEach(column ->
                        columns.add(sql("null::{} as {}", SqlFragment.type(column.type()), SketchPart.value(column))));
        var span = new Span(buckets.getFirst(), buckets.getLast());
        return sql(
                "select {} from {} where {} and {} = any({})",
                joined(", ", columns),
                source(),
                rollup.bucket().around(span),
                bucket(),
                Moments.sql(buckets));
    }

    private SqlFragment grouped(Span span, Share share) {
        var all = sql("");
        var columns = columns(part -> sql("{} as {}", part.ofRows(all), part.name()));
        columns.set(1 + rollup.dimensions().size(), count(all));
        var places = IntStream.rangeClosed(1, 1 + rollup.dimensions().size())
                .mapToObj(SqlFragment::place)
                .toList();
        return sql("{} group by {}", select(columns, span, share), joined(", ", places));
    }

    private SqlFragment select(List<SqlFragment> columns, Span span, Share share) {
        return sql(
                "select {} from {} where {} and {} and {}",
                joined(", ", columns),
                source(),
                rollup.bucket().around(span),
                span.has(bucket()),
                share.has(new RollupTable(rollup).dimensions()));
    }

    private static SqlFragment count(SqlFragment over) {
        return sql("(sum(_count){})::bigint as _count", over);
    }

    private List<SqlFragment> columns(Function<Part, SqlFragment> part) {
        var columns = new ArrayList<SqlFragment>();
        columns.add(sql("{} as _time", bucket()));
        rollup.dimensions().forEach(column -> columns.add(SqlFragment.name(column.name())));
        columns.add(sql("_count"));
        rollup.parts().forEach(each -> columns.add(part.apply(each)));
        return columns;
    }

    private SqlFragment source() {
        return SqlFragment.name(Rollup.table(rollup.follower()));
    }

    private SqlFragment bucket() {
        return rollup.bucket().of(SqlFragment.name(RollupTable.TIME));
    }
}
