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
import dev.tidemark.spi.SqlRelation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How SQL makes the rows of one rollup out of events. */
final class RollupSql {

    static final String TIME = EventCollection.TIME;
    static final String COUNT = "_count";

    /** In characters. A longer text cannot be part of an index, so its rest is replaced by a hash. */
    static final int LONGEST_TEXT = 200;

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
        rollup.parts().forEach(part -> column(part.of()));
    }

    SqlFragment table() {
        return SqlFragment.name(rollup.table());
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

    SqlFragment create() {
        var columns = columns(rollup).stream()
                .map(column -> column.type() == ColumnType.TEXT
                        ? sql("{} text collate \"C\"", SqlFragment.name(column.name()))
                        : sql("{} {}", SqlFragment.name(column.name()), SqlFragment.type(column.type())))
                .toList();
        return sql("create table {} ({}, _key uuid, primary key (_time, _key))", table(), joined(", ", columns));
    }

    /** So that the rows of one value of the first dimension are found by time. */
    SqlFragment index() {
        return sql("create index on {} ({}, _time)", table(), names().get(1));
    }

    /** Merges events into the table. */
    SqlFragment merge(SqlFragment condition) {
        var merged = Stream.concat(
                        Stream.of(sql("_count = kept._count + excluded._count")),
                        rollup.parts().stream()
                                .map(part -> sql("{} = {}", SqlFragment.name(part.column()), part.merged())))
                .toList();
        return sql(
                """
                insert into {} as kept ({}, _key)
                select {}, md5(jsonb_build_array({})::text)::uuid
                from ({}) as fresh
                on conflict (_time, _key) do update
                set {}\
                """,
                table(),
                joined(", ", names()),
                joined(", ", names()),
                joined(", ", names().subList(1, 1 + rollup.dimensions().size())),
                grouped(condition),
                joined(", ", merged));
    }

    /** The rows that the events make. */
    private SqlFragment grouped(SqlFragment condition) {
        var places = IntStream.rangeClosed(1, 1 + rollup.dimensions().size())
                .mapToObj(SqlFragment::place)
                .toList();
        var parts = rollup.parts().stream().map(part -> part.ofEvents(column(part.of())));
        return sql("{}\ngroup by {}", select(sql("count(*)"), parts, condition), joined(", ", places));
    }

    /** The table's rows and, beside them, each of the events as a row. */
    SqlFragment with(SqlFragment condition) {
        var parts = rollup.parts().stream().map(part -> part.ofEvent(column(part.of())));
        return sql(
                "(select {} from {} union all {}) as rolled",
                joined(", ", names()),
                table(),
                select(sql("1::bigint"), parts, condition));
    }

    private SqlFragment select(SqlFragment count, Stream<SqlFragment> parts, SqlFragment condition) {
        var time = Stream.of(rollup.bucket().of(events.named(TIME).expression()));
        var dimensions = rollup.dimensions().stream().map(this::dimension);
        var values = Stream.of(time, dimensions, Stream.of(count), parts)
                .flatMap(value -> value)
                .toList();
        var named = IntStream.range(0, values.size())
                .mapToObj(i -> sql("{} as {}", values.get(i), names().get(i)))
                .toList();
        return sql(
                "select {} from {} where {} and {}",
                joined(", ", named),
                events.table(),
                condition,
                events.condition(rollup.where()));
    }

    private SqlFragment dimension(Column dimension) {
        var column = column(dimension);
        var value = column.ordered();
        return column.type() == ColumnType.TEXT
                ? sql(
                        "case when length({}) > 200 then left({}, 168) || md5({}) else {} end",
                        value,
                        value,
                        value,
                        value)
                : value;
    }

    private List<SqlFragment> names() {
        return columns(rollup).stream()
                .map(column -> SqlFragment.name(column.name()))
                .toList();
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
