package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.RowKey;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.rollups.sketches.Sketch;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlFragment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How SQL makes rows of a rollup out of those of another, which has shorter buckets, and the dimensions and measures at least.
 */
public record CascadeRows(Rollup rollup) implements Origin {

    @Override
    public SqlFragment exact(Span span, Share share) {
        return grouped(List.of(), span, share);
    }

    /** The rows of a share of buckets, and of each sketch an array of those to merge. */
    SqlFragment sketched(Span span, Share share) {
        var sketches = rollup.sketches().stream()
                .map(part -> sql("array_agg({}) as {}", part.stored(), part.name()))
                .toList();
        var columns = new ArrayList<SqlFragment>();
        columns.addAll(new RollupTable(rollup).names());
        rollup.sketches().forEach(part -> columns.add(part.name()));
        return sql("select {} from ({}) as grouped", joined(", ", columns), grouped(sketches, span, share));
    }

    /** The next rows that {@link #sketched} finds, in the order of their places. */
    static Optional<List<Draft>> drafts(Rollup rollup, ResultSet rows, int most) throws SQLException {
        var drafts = new ArrayList<Draft>();
        while (drafts.size() < most && rows.next()) {
            drafts.add(draft(rollup, rows));
        }
        drafts.sort(Comparator.comparing(Draft::place));
        return drafts.isEmpty() ? Optional.empty() : Optional.of(drafts);
    }

    private static Draft draft(Rollup rollup, ResultSet row) throws SQLException {
        var types = new RollupTable(rollup).columns().stream().map(Column::type).toList();
        List<@Nullable Object> values = Arrays.asList(ColumnValues.read(row, types));
        var sketches = new ArrayList<Sketch>();
        for (var part : rollup.sketches()) {
            var sketch = part.empty();
            for (var stored : (Object[]) row.getArray(part.column()).getArray()) {
                Stream.ofNullable(stored).forEach(sketch::merge);
            }
            sketches.add(sketch);
        }
        var dimensions = values.subList(1, 1 + rollup.dimensions().size());
        var place = new RowPlace((Instant) Objects.requireNonNull(values.getFirst()), RowKey.of(dimensions));
        var content = new Draft.Content(values, sketches);
        return new Draft(place, () -> content);
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

    private SqlFragment grouped(List<SqlFragment> sketches, Span span, Share share) {
        var columns = columns(part -> sql("{} as {}", part.ofRows(), part.name()));
        columns.set(1 + rollup.dimensions().size(), sql("sum(_count)::bigint as _count"));
        columns.addAll(sketches);
        var places = IntStream.rangeClosed(1, 1 + rollup.dimensions().size())
                .mapToObj(SqlFragment::place)
                .toList();
        return sql(
                "select {} from {} where {} and {} and {} group by {}",
                joined(", ", columns),
                source(),
                rollup.bucket().around(span),
                span.has(bucket()),
                share.has(new RollupTable(rollup).dimensions()),
                joined(", ", places));
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
