package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How SQL makes rows of a rollup out of events. */
public final class EventRows implements Origin {

    private final Rollup rollup;
    private final SqlRelation events;

    /** @throws CallerException when a property has another type than the rollup was made for */
    public static EventRows of(Rollup rollup, Questions questions, Project project) {
        return new EventRows(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
    }

    /**
     * @param events the collection
     * @throws CallerException when a property has another type than the rollup was made for
     */
    public EventRows(Rollup rollup, SqlRelation events) {
        this.rollup = rollup;
        this.events = events;
        rollup.dimensions().forEach(this::column);
        rollup.measures().forEach(kept -> column(kept.column()));
    }

    Rollup rollup() {
        return rollup;
    }

    /** The collection, where a statement reads it. */
    SqlFragment table() {
        return events.table();
    }

    /**
     * Asks for what the rollup takes of each event.
     *
     * @param isAnyFiltered whether events are read that do not count for it
     */
    EventPlaces places(EventColumns columns, boolean isAnyFiltered) {
        var moment = rollup.bucket().read(events.named(RollupTable.TIME).expression());
        return new EventPlaces(
                isAnyFiltered ? OptionalInt.of(columns.place(counts(), ColumnType.BOOLEAN)) : OptionalInt.empty(),
                Stream.concat(
                                Stream.of(columns.place(moment, ColumnType.TIMESTAMP)),
                                rollup.dimensions().stream().map(column -> place(columns, column)))
                        .toList(),
                rollup.parts().stream()
                        .map(part -> columns.whole(
                                typed(part.of(), column(part.of()).expression()),
                                part.of().type()))
                        .toList(),
                rollup.sketches().stream()
                        .map(part -> place(columns, part.of()))
                        .toList());
    }

    private int place(EventColumns columns, Column taken) {
        return columns.place(typed(taken, bounded(taken)), taken.type());
    }

    private static SqlFragment typed(Column column, SqlFragment value) {
        return sql("({})::{}", value, SqlFragment.type(column.type()));
    }

    private SqlFragment bounded(Column taken) {
        var value = column(taken).expression();
        return taken.type() == ColumnType.TEXT ? LongText.bounded(value) : value;
    }

    /** Each event as a row of its own, with values that are in no sketch yet. */
    public SqlFragment single(SqlFragment condition) {
        var values = new ArrayList<SqlFragment>();
        values.add(sql("1::bigint"));
        rollup.parts().forEach(part -> values.add(part.ofEvent(column(part.of()))));
        rollup.sketches().forEach(part -> values.add(sql("null::{}", part.type())));
        rollup.sketched().forEach(column -> values.add(bounded(column)));
        return select(placed(values), condition);
    }

    /** The rows that events make, without sketches. */
    SqlFragment grouped(SqlFragment condition) {
        var values = new ArrayList<SqlFragment>();
        values.add(sql("count(*) as _count"));
        rollup.parts().forEach(part -> values.add(sql("{} as {}", part.ofEvents(column(part.of())), part.name())));
        return sql("{} {}", select(placed(values), condition), grouping());
    }

    /** The buckets of events, as {@code moment}. */
    public SqlFragment buckets(SqlFragment condition) {
        return select(List.of(sql("{} as moment", bucket())), condition);
    }

    /** Whether an event is in a share of these buckets, and rolled up already. */
    SqlFragment rolledUp(Span span, Share share) {
        return sql(
                """
                {} and {} and {}
                and not _id <@ (
                    select coalesce(range_agg(int8range(first_id, last_id, '[]')), int8multirange())
                    from _commit
                    where collection = {} and position > (select position from _rollup where name = {})
                )\
                """,
                span.has(bucket()),
                rollup.bucket().around(span),
                share.has(rollup.dimensions().stream().map(this::dimension).toList()),
                SqlFragment.text(rollup.collection()),
                SqlFragment.text(rollup.name()));
    }

    @Override
    public SqlFragment exact(Span span, Share share) {
        return grouped(rolledUp(span, share));
    }

    /** The values beside the time and the dimensions. */
    private List<SqlFragment> placed(List<SqlFragment> values) {
        var columns = new ArrayList<SqlFragment>();
        columns.add(sql("{} as _time", bucket()));
        rollup.dimensions()
                .forEach(column -> columns.add(sql("{} as {}", dimension(column), SqlFragment.name(column.name()))));
        columns.addAll(values);
        return columns;
    }

    private SqlFragment select(List<SqlFragment> columns, SqlFragment condition) {
        return sql("select {} from {} where {} and {}", joined(", ", columns), table(), condition, counts());
    }

    /** Whether some events do not count for the rollup. */
    boolean isFiltered() {
        return !rollup.where().equals(Filter.ALL) || rollup.keep().isPresent();
    }

    /** Whether an event counts for the rollup. */
    SqlFragment counts() {
        return sql("({} and {})", events.condition(rollup.where()), kept());
    }

    /** Whether an event's bucket is kept: what comes later than that counts no more. */
    private SqlFragment kept() {
        return rollup.keep().isEmpty()
                ? sql("true")
                : sql(
                        "{} >= coalesce((select kept_from from _rollup where name = {}), '-infinity')",
                        bucket(),
                        SqlFragment.text(rollup.name()));
    }

    private SqlFragment grouping() {
        var places = IntStream.rangeClosed(1, 1 + rollup.dimensions().size())
                .mapToObj(SqlFragment::place)
                .toList();
        return sql("group by {}", joined(", ", places));
    }

    private SqlFragment bucket() {
        return rollup.bucket().of(events.named(RollupTable.TIME).expression());
    }

    private SqlFragment dimension(Column dimension) {
        var value = column(dimension).ordered();
        return dimension.type() == ColumnType.TEXT ? LongText.shortened(value) : value;
    }

    private SqlColumn column(Column known) {
        var column = events.named(known.name());
        if (column.type() != known.type()) {
            throw new CallerException(
                    ErrorCode.CONFLICT,
                    "Property \"%s\" is %s, and rollup \"%s\" was made when it was %s: drop the rollup and create it again."
                            .formatted(known.label(), column.type(), rollup.name(), known.type()));
        }
        return column;
    }
}
