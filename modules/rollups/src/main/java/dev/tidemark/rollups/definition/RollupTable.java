package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The table of a rollup, and how SQL reads and writes its rows. */
public record RollupTable(Rollup rollup) {

    public static final String TIME = EventCollection.TIME;
    public static final String COUNT = "_count";

    /** The columns that a question can be about, and that SQL can merge. */
    public List<Column> columns() {
        var time = new Column(TIME, TIME, ColumnType.TIMESTAMP);
        var count = new Column(COUNT, COUNT, ColumnType.LONG);
        var parts = rollup.parts().stream().map(part -> new Column(part.column(), part.column(), part.type()));
        return Stream.of(Stream.of(time), rollup.dimensions().stream(), Stream.of(count), parts)
                .flatMap(column -> column)
                .toList();
    }

    public SqlFragment name() {
        return SqlFragment.name(rollup.table());
    }

    /** The names of {@link #columns}. */
    public List<SqlFragment> names() {
        return columns().stream().map(column -> SqlFragment.name(column.name())).toList();
    }

    /** The names of the dimensions. */
    public List<SqlFragment> dimensions() {
        return names().subList(1, 1 + rollup.dimensions().size());
    }

    /** {@link #columns} as a statement selects them whose text is to tell their types. */
    public List<SqlFragment> typed() {
        return columns().stream()
                .map(column -> sql(
                        "{}::{} as {}",
                        SqlFragment.name(column.name()),
                        SqlFragment.type(column.type()),
                        SqlFragment.name(column.name())))
                .toList();
    }

    /** With room in each page for the next version of its rows, in which sketches are longer: updates then leave the indexes alone. */
    public SqlFragment create() {
        var filled = rollup.sketches().isEmpty() ? sql("50") : sql("40");
        var exact = columns().stream()
                .map(column -> column.type() == ColumnType.TEXT
                        ? sql("{} text collate \"C\"", SqlFragment.name(column.name()))
                        : sql("{} {}", SqlFragment.name(column.name()), SqlFragment.type(column.type())));
        var sketches = rollup.sketches().stream().map(part -> sql("{} {}", part.name(), part.type()));
        return sql(
                "create table {} ({}, _key uuid, primary key (_time, _key)) with (fillfactor = {})",
                name(),
                joined(", ", Stream.concat(exact, sketches).toList()),
                filled);
    }

    /** So that the rows of one value of the first dimension are found by time. */
    public SqlFragment index() {
        return sql("create index on {} ({}, _time)", name(), names().get(1));
    }

    /**
     * Merges rows without sketches into the table.
     *
     * @param rows a select of {@link #columns}
     */
    public SqlFragment merge(SqlFragment rows) {
        return sql(
                """
                with fresh as (
                    select {}, {} as _key
                    from ({}) as unkeyed
                )
                insert into {} as kept ({}, _key)
                select {}, _key
                from fresh
                on conflict (_time, _key) do update
                set {}\
                """,
                joined(", ", names()),
                key(),
                rows,
                name(),
                joined(", ", names()),
                joined(", ", names()),
                joined(", ", merged()));
    }

    /** In which buckets there are rows. Takes an array of their times; says at which places in it these are. */
    public SqlFragment begun() {
        return sql("""
                select bucket.place
                from unnest(?::timestamptz[]) with ordinality as bucket (moment, place)
                cross join lateral (select from {} where _time = bucket.moment limit 1) as any_row\
                """, name());
    }

    /** The names of the columns of a whole row: those of {@link #columns}, of the sketches, and the key. */
    public List<String> whole() {
        return Stream.of(
                        columns().stream().map(Column::name),
                        rollup.sketches().stream().map(SketchPart::column),
                        Stream.of("_key"))
                .flatMap(names -> names)
                .toList();
    }

    /**
     * The sketches of rows. Takes arrays of their times and keys; says first of which place in these a row is. Each is found by
     * the index, whatever the planner knows of a table that has just been filled.
     */
    public SqlFragment sketches() {
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
                name());
    }

    /** The time, key and sketches of the rows from one to another, in the order of the table's key. */
    public SqlFragment sketchesInOrder(Instant firstTime, UUID firstKey, Instant lastTime, UUID lastKey) {
        return sql(
                """
                select _time, _key, {}
                from {}
                where (_time, _key) >= ({}, {}::uuid) and (_time, _key) <= ({}, {}::uuid)
                order by _time, _key\
                """,
                joined(", ", rollup.sketches().stream().map(SketchPart::stored).toList()),
                name(),
                Moments.sql(firstTime),
                SqlFragment.text(firstKey.toString()),
                Moments.sql(lastTime),
                SqlFragment.text(lastKey.toString()));
    }

    /**
     * Merges rows into those that are there. Takes an array of text for each column of these but the dimensions, then one for each
     * sketch as it is stored and merged already, and one of the keys.
     */
    public SqlFragment update() {
        var columns = Stream.concat(Stream.of(columns().getFirst()), numbers()).toList();
        var sketches = rollup.sketches();
        var names = Stream.concat(
                columns.stream().map(column -> SqlFragment.name(column.name())),
                sketches.stream().map(SketchPart::name));
        var arrays = Stream.concat(
                columns.stream().map(column -> sql("?::text[]::{}[]", SqlFragment.type(column.type()))),
                sketches.stream().map(part -> sql("?::{}[]::{}[]", part.sent(), part.type())));
        var assignments = Stream.concat(
                merged().stream(), sketches.stream().map(part -> sql("{} = excluded.{}", part.name(), part.name())));
        return sql(
                """
                update {} as kept
                set {}
                from unnest({}, ?::uuid[]) as excluded ({}, _key)
                where kept._time = excluded._time and kept._key = excluded._key\
                """,
                name(),
                joined(", ", assignments.toList()),
                joined(", ", arrays.toList()),
                joined(", ", names.toList()));
    }

    /** The columns beside time and dimensions. */
    private Stream<Column> numbers() {
        return columns().stream().skip(1 + rollup.dimensions().size());
    }

    public SqlFragment delete(Span span) {
        return sql("delete from {} where {}", name(), span.has(SqlFragment.name(TIME)));
    }

    /**
     * A bucket.
     *
     * @param from the earliest that it may be; empty: any
     * @param place from 0, the earliest, to 1, the latest
     */
    public SqlFragment bucketAt(Optional<Instant> from, double place) {
        return sql(
                """
                with bounds as (
                    select min(_time) as first, max(_time) as last
                    from {}
                    where {}
                )
                select _time
                from {}, bounds
                where _time >= first and _time <= first + (last - first + {} * interval '1 s') * {}
                order by _time desc
                limit 1\
                """,
                name(),
                from.map(moment -> sql("_time >= {}", Moments.sql(moment))).orElseGet(() -> sql("true")),
                name(),
                SqlFragment.number(rollup.bucket().length().toSeconds()),
                SqlFragment.value(new Parameter(ColumnType.DOUBLE, place)));
    }

    /** How many {@code groups} a bucket has, and of how many {@code events} they are. */
    public SqlFragment size(Instant bucket) {
        return sql(
                "select count(*) as groups, coalesce(sum(_count), 0)::bigint as events from {} where _time = {}",
                name(),
                Moments.sql(bucket));
    }

    /**
     * How many rows of a share of buckets are other than these, or are not there. Sums of fractions depend on their order, so six
     * digits of them are compared.
     *
     * @param rows a select of {@link #columns}
     */
    public SqlFragment differences(Span span, Share share, SqlFragment rows) {
        var compared = joined(
                ", ",
                columns().stream()
                        .map(column -> column.type() == ColumnType.DOUBLE
                                ? sql("to_char({} + 0, '9.99999EEEE')", SqlFragment.name(column.name()))
                                : SqlFragment.name(column.name()))
                        .toList());
        return sql("""
                with kept as (select {} from {} where {} and {}), fresh as (select {} from ({}) as grouped)
                select count(*)
                from (
                    (select * from kept except all select * from fresh)
                    union all
                    (select * from fresh except all select * from kept)
                ) as different\
                """, compared, name(), span.has(SqlFragment.name(TIME)), share.has(dimensions()), compared, rows);
    }

    private List<SqlFragment> merged() {
        return Stream.concat(
                        Stream.of(sql("_count = kept._count + excluded._count")),
                        rollup.parts().stream().map(part -> sql("{} = {}", part.name(), part.merged())))
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
}
