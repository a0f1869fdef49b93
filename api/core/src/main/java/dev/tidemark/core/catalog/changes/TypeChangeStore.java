package dev.tidemark.core.catalog.changes;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.core.catalog.types.Conversion;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a collection while a column of it gets another type. */
public final class TypeChangeStore {

    private static final String TEXT = ColumnType.TEXT.sql();

    /** Adds the column that is to be, and notes how many events there are to look at. */
    void prepare(Connection connection, PropertyChange change, ColumnType type) throws SQLException {
        execute(
                connection,
                "alter table %s add column if not exists %s %s"
                        .formatted(quoted(change.collection()), quoted(change.shadow()), type.sql()));
        try (var statement = connection.prepareStatement("""
                update _property_change
                set total = coalesce((select sum(events) from _commit where collection = ?), 0)
                where id = ?
                """)) {
            statement.setString(1, change.collection());
            statement.setLong(2, change.id());
            statement.executeUpdate();
        }
    }

    void swap(Connection connection, PropertyChange change) throws SQLException {
        var table = quoted(change.collection());
        execute(connection, "alter table %s drop column %s".formatted(table, quoted(change.column())));
        execute(
                connection,
                "alter table %s rename column %s to %s"
                        .formatted(table, quoted(change.shadow()), quoted(change.column())));
    }

    /** The next commits of the collection that together have some thousand events, up to a position; none: there are none. */
    Stretch next(Connection connection, PropertyChange change, int events, long until) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select coalesce(max(position), 0), coalesce(sum(events), 0), min(min_time)::text, max(max_time)::text
                from (
                    select *, sum(events) over (order by position) - events as before
                    from (
                        select position, events, min_time, max_time
                        from _commit
                        where position > ? and position <= ? and collection = ?
                        order by position
                        limit ?
                    ) following
                ) summed
                where before < ?
                """)) {
            statement.setLong(1, change.position());
            statement.setLong(2, until);
            statement.setString(3, change.collection());
            statement.setInt(4, events);
            statement.setInt(5, events);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Stretch(
                        change.position(), rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getString(4));
            }
        }
    }

    /** How many events are still to be looked at. */
    long left(Connection connection, PropertyChange change) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select coalesce(sum(events), 0)
                from _commit
                where position > ? and collection = ?
                """)) {
            statement.setLong(1, change.position());
            statement.setString(2, change.collection());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Writes values of the new type into the column that is to be, and {@code _extra}. */
    void write(Connection connection, PropertyChange change, ColumnType type, Stretch stretch, List<Row> rows)
            throws SQLException {
        write(connection, change, change.shadow(), type, stretch, rows);
    }

    /** The same into the column, which has its type. */
    void clean(Connection connection, PropertyChange change, ColumnType type, Stretch stretch, List<Row> rows)
            throws SQLException {
        write(connection, change, change.column(), type, stretch, rows);
    }

    private static void write(
            Connection connection,
            PropertyChange change,
            String column,
            ColumnType type,
            Stretch stretch,
            List<Row> rows)
            throws SQLException {
        var sent = type.isList() ? TEXT : type.sql();
        update(connection, change, sent, quoted(column) + " = " + expression(type), stretch, rows);
    }

    /** Texts become values before they are joined: on Citus nothing that depends on a setting may be made of the rows of an update. */
    private static void update(
            Connection connection,
            PropertyChange change,
            String sent,
            String assignment,
            Stretch stretch,
            List<Row> rows)
            throws SQLException {
        try (var statement =
                connection.prepareStatement("""
                update %s as event
                set %s, _extra = row.extra
                from unnest(?, ?::timestamptz[], ?::%s[], ?::jsonb[]) as row(id, time, value, extra)
                where event._id = row.id
                    and event._time = row.time
                    and event._time between ?::timestamptz and ?::timestamptz
                """.formatted(quoted(change.collection()), assignment, sent))) {
            ArrayParameter.set(statement, 1, "bigint", rows, Row::id);
            ArrayParameter.set(statement, 2, "text", rows, Row::time);
            ArrayParameter.set(statement, 3, "text", rows, Row::value);
            ArrayParameter.set(statement, 4, "text", rows, Row::extra);
            statement.setString(5, stretch.minTime());
            statement.setString(6, stretch.maxTime());
            statement.executeUpdate();
        }
    }

    /** What makes of a text what {@link Conversion#written} wrote. */
    private static String expression(ColumnType type) {
        return type.isList() ? """
                case
                    when row.value is not null then array(
                        select element
                        from jsonb_array_elements_text(row.value::jsonb) with ordinality as list(element, place)
                        order by place
                    )::%s
                end""".formatted(type.sql()) : "row.value";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Commits that follow one another.
     *
     * @param after the position before the first
     * @param end the last position; 0: there are none
     * @param minTime as PostgreSQL writes it, like the other
     */
    record Stretch(
            long after,
            long end,
            long events,
            @Nullable String minTime,
            @Nullable String maxTime) {

        boolean isEmpty() {
            return end == 0;
        }
    }

    /**
     * A row, as far as it is concerned.
     *
     * @param time as PostgreSQL writes it
     * @param value read: as JSON; written: as {@link Conversion#written} does
     * @param extra as JSON
     */
    record Row(
            long id,
            String time,
            @Nullable String value,
            @Nullable String extra) {

        long characters() {
            return (long) time.length() + length(value) + length(extra);
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }
    }
}
