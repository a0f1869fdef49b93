package dev.tidemark.rollups;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import dev.tidemark.spi.SqlRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How SQL makes the rows of one rollup out of events. */
final class RollupSql {

    static final String TIME = EventCollection.TIME;
    static final String COUNT = "_count";

    /** How many characters of a dimension's text are kept in any case: see {@link #dimension}. */
    static final int LONGEST_BEGINNING = 168;

    /** The beginning, and a hash of the whole. */
    private static final int LONGEST_TEXT = LONGEST_BEGINNING + 32;

    private final Rollup rollup;
    private final SqlRelation events;

    /**
     * @param events the collection
     * @throws CallerException when a property has another type than the rollup was made for
     */
    RollupSql(Rollup rollup, SqlRelation events) {
        this.rollup = rollup;
        this.events = events;
        rollup.dimensions().forEach(this::column);
        rollup.measures().forEach(kept -> column(kept.column()));
    }

    /** The table's columns that a question can be about. */
    static List<Column> columns(Rollup rollup) {
        var time = new Column(TIME, TIME, ColumnType.TIMESTAMP);
        var count = new Column(COUNT, COUNT, ColumnType.LONG);
        var parts = rollup.parts().stream().map(part -> new Column(part.column(), part.column(), part.type()));
        return Stream.of(Stream.of(time), rollup.dimensions().stream(), Stream.of(count), parts)
                .flatMap(column -> column)
                .toList();
    }

    /** With room in each page for the next version of its rows: updates then leave the indexes alone. */
    SqlFragment create() {
        var exact = columns(rollup).stream()
                .map(column -> column.type() == ColumnType.TEXT
                        ? sql("{} text collate \"C\"", SqlFragment.name(column.name()))
                        : sql("{} {}", SqlFragment.name(column.name()), SqlFragment.type(column.type())));
        var sketches = rollup.sketches().stream().map(part -> sql("{} {}", name(part), part.type()));
        return sql(
                "create table {} ({}, _key uuid, primary key (_time, _key)) with (fillfactor = 50)",
                table(),
                joined(", ", Stream.concat(exact, sketches).toList()));
    }

    /** So that the rows of one value of the first dimension are found by time. */
    SqlFragment index() {
        return sql("create index on {} ({}, _time)", table(), names().get(1));
    }

    /** Merges events into the table of a rollup without sketches. */
    SqlFragment merge(SqlFragment condition) {
        return sql(
                """
                insert into {} as kept ({}, _key)
                select {}, {}
                from ({}) as fresh
                on conflict (_time, _key) do update
                set {}\
                """,
                table(),
                joined(", ", names()),
                joined(", ", names()),
                key(),
                grouped(condition),
                joined(", ", merged()));
    }

    /** Of each event: time and dimensions of its row, as text, and the values of what is measured. */
    SqlFragment events(SqlFragment condition) {
        var columns = new ArrayList<SqlFragment>();
        columns.add(sql("{}::text", bucket()));
        rollup.dimensions().forEach(column -> columns.add(sql("{}::text", dimension(column))));
        rollup.measured().forEach(column -> columns.add(column(column).expression()));
        return select(columns, condition);
    }

    /**
     * The sketches of rows. Takes arrays of their times and keys; says first of which place in these a row is. Each is found by
     * the index, whatever the planner knows of a table that has just been filled.
     */
    SqlFragment sketches() {
        return sql(
                """
                select fresh.place, kept.*
                from unnest(?::timestamptz[], ?::uuid[]) with ordinality as fresh (_time, _key, place)
                cross join lateral (
                    select {}
                    from {} as kept
                    where kept._time = fresh._time and kept._key = fresh._key
                    offset 0
                ) as kept\
                """,
                joined(", ", rollup.sketches().stream().map(SketchPart::stored).toList()),
                table());
    }

    /**
     * Merges rows into the table. Takes an array for each column: of text, but that keys are uuid, and sketches are as they
     * are stored and merged already.
     */
    SqlFragment upsert() {
        var sketches = rollup.sketches();
        var names = Stream.concat(names().stream(), sketches.stream().map(RollupSql::name))
                .toList();
        var values = Stream.concat(
                        columns(rollup).stream()
                                .map(column -> sql(
                                        "{}::{}", SqlFragment.name(column.name()), SqlFragment.type(column.type()))),
                        sketches.stream().map(part -> sql("{}::{}", name(part), part.type())))
                .toList();
        var arrays = Stream.concat(
                        names().stream().map(name -> sql("?::text[]")),
                        sketches.stream().map(part -> sql("?::{}[]", part.sent())))
                .toList();
        var assignments = Stream.concat(
                        merged().stream(),
                        sketches.stream().map(part -> sql("{} = excluded.{}", name(part), name(part))))
                .toList();
        return sql(
                """
                insert into {} as kept ({}, _key)
                select {}, _key
                from unnest({}, ?::uuid[]) as fresh ({}, _key)
                on conflict (_time, _key) do update
                set {}\
                """,
                table(),
                joined(", ", names),
                joined(", ", values),
                joined(", ", arrays),
                joined(", ", names),
                joined(", ", assignments));
    }

    /** What a question reads: the table's rows, and each of the events beside them as a row of its own. */
    SqlFragment rolled(Optional<SqlFragment> condition) {
        var columns = new ArrayList<>(names());
        rollup.sketches().forEach(part -> columns.add(name(part)));
        rollup.sketched()
                .forEach(column ->
                        columns.add(sql("null::{} as {}", SqlFragment.type(column.type()), SketchPart.value(column))));
        var rows = sql("select {} from {}", joined(", ", columns), table());
        return condition
                .map(tail -> sql("({} union all {}) as rolled", rows, single(tail)))
                .orElseGet(() -> sql("({}) as rolled", rows));
    }

    /** The beginning of a bucket whose events are all there. */
    SqlFragment bucketAt(double place) {
        return sql(
                """
                with bounds as (
                    select min(_time) as first, max(_time) as last
                    from {}
                    where _time >= coalesce((select raw_from from _rollup where name = {}), '-infinity')
                )
                select _time
                from {}, bounds
                where _time >= first and _time <= first + (last - first + {} * interval '1 s') * {}
                order by _time desc
                limit 1\
                """,
                table(),
                SqlFragment.text(rollup.name()),
                table(),
                SqlFragment.number(rollup.bucket().length().toSeconds()),
                SqlFragment.value(new Parameter(ColumnType.DOUBLE, place)));
    }

    /** The moments of events and of rows from one moment's bucket to another's, as {@code t (moment)}. */
    SqlFragment moments(SqlFragment from, SqlFragment to) {
        var first = rollup.bucket().of(from);
        var last = rollup.bucket().of(to);
        return sql(
                """
                (
                    select {} as moment from {} where {} and {} between {} and {}
                    union
                    select _time from {} where _time between {} and {}
                ) as t\
                """,
                bucket(),
                events.table(),
                rollup.bucket().around(first, last),
                bucket(),
                first,
                last,
                table(),
                first,
                last);
    }

    /** Whether an event is in a bucket, and rolled up already. */
    SqlFragment rolledUp(SqlFragment bucket) {
        return sql(
                """
                {} = {} and {}
                and not _id <@ (
                    select coalesce(range_agg(int8range(first_id, last_id, '[]')), int8multirange())
                    from _commit
                    where collection = {} and position > (select position from _rollup where name = {})
                )\
                """,
                bucket(),
                bucket,
                rollup.bucket().around(bucket, bucket),
                SqlFragment.text(rollup.collection()),
                SqlFragment.text(rollup.name()));
    }

    SqlFragment delete(SqlFragment bucket) {
        return sql("delete from {} where _time = {}", table(), bucket);
    }

    /** How many rows of a bucket are not what its events make, or are not there. Sums of fractions depend on their order. */
    SqlFragment differences(SqlFragment bucket, SqlFragment condition) {
        var compared = joined(
                ", ",
                columns(rollup).stream()
                        .map(column -> column.type() == ColumnType.DOUBLE
                                ? sql("{}::real", SqlFragment.name(column.name()))
                                : SqlFragment.name(column.name()))
                        .toList());
        return sql("""
                with kept as (select {} from {} where _time = {}), fresh as (select {} from ({}) as grouped)
                select count(*)
                from (
                    (select * from kept except all select * from fresh)
                    union all
                    (select * from fresh except all select * from kept)
                ) as different\
                """, compared, table(), bucket, compared, grouped(condition));
    }

    private SqlFragment single(SqlFragment condition) {
        var values = new ArrayList<SqlFragment>();
        values.add(sql("1::bigint"));
        rollup.parts().forEach(part -> values.add(part.ofEvent(column(part.of()))));
        rollup.sketches().forEach(part -> values.add(sql("null::{}", part.type())));
        rollup.sketched().forEach(column -> values.add(column(column).expression()));
        return select(placed(values), condition);
    }

    /** The rows that the events make. */
    private SqlFragment grouped(SqlFragment condition) {
        var values = new ArrayList<SqlFragment>();
        values.add(sql("count(*) as _count"));
        rollup.parts().forEach(part -> values.add(sql("{} as {}", part.ofEvents(column(part.of())), name(part))));
        return sql("{} {}", select(placed(values), condition), grouping());
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
        return sql(
                "select {} from {} where {} and {}",
                joined(", ", columns),
                events.table(),
                condition,
                events.condition(rollup.where()));
    }

    private SqlFragment grouping() {
        var places = IntStream.rangeClosed(1, 1 + rollup.dimensions().size())
                .mapToObj(SqlFragment::place)
                .toList();
        return sql("group by {}", joined(", ", places));
    }

    private List<SqlFragment> merged() {
        return Stream.concat(
                        Stream.of(sql("_count = kept._count + excluded._count")),
                        rollup.parts().stream().map(part -> sql("{} = {}", name(part), part.merged())))
                .toList();
    }

    /** Tells apart the rows of a bucket; unlike the dimensions it is never null. {@link RowKey} computes the same. */
    private SqlFragment key() {
        var dimensions = rollup.dimensions().stream()
                .map(column -> SqlFragment.name(column.name()))
                .map(name -> sql(" || coalesce(octet_length({}::text) || ':' || {}::text, '-')", name, name))
                .toList();
        return sql("md5(''{})::uuid", joined("", dimensions));
    }

    private SqlFragment bucket() {
        return rollup.bucket().of(events.named(TIME).expression());
    }

    /** A long text could not be part of an index. */
    private SqlFragment dimension(Column dimension) {
        var value = column(dimension).ordered();
        return dimension.type() == ColumnType.TEXT
                ? sql(
                        "case when length({}) > " + LONGEST_TEXT + " then left({}, " + LONGEST_BEGINNING
                                + ") || md5({}) else {} end",
                        value,
                        value,
                        value,
                        value)
                : value;
    }

    private SqlFragment table() {
        return SqlFragment.name(rollup.table());
    }

    private List<SqlFragment> names() {
        return columns(rollup).stream()
                .map(column -> SqlFragment.name(column.name()))
                .toList();
    }

    private static SqlFragment name(Part part) {
        return SqlFragment.name(part.column());
    }

    private static SqlFragment name(SketchPart part) {
        return SqlFragment.name(part.column());
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
