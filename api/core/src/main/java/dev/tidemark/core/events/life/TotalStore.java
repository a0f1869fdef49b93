package dev.tidemark.core.events.life;

import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code _total} and {@code _counted}: how many events collections have, without a price for who writes them. A
 * total is what {@code _total} says plus the commits after {@code _counted}; a job adds these now and then, and who deletes
 * events subtracts them in the same transaction.
 */
final class TotalStore {

    private static final int WORTH_ANALYZING = 10_000;

    /** Adds the commits that are not counted yet. From here on the transaction alone changes totals. */
    void fold(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select position
                from _counted
                for update
                """)) {
            statement.execute();
        }
        try (var statement = connection.prepareStatement("""
                with fresh as (
                    select collection, position, events, min_time, max_time
                    from _commit
                    where position > (select position from _counted)
                ), moved as (
                    update _counted
                    set position = (select max(position) from fresh)
                    where exists (select from fresh)
                )
                insert into _total as total (collection, events, first_time, last_time)
                select collection, sum(events), min(min_time), max(max_time)
                from fresh
                group by collection
                on conflict (collection) do update
                set
                    events = total.events + excluded.events,
                    first_time = least(total.first_time, excluded.first_time),
                    last_time = greatest(total.last_time, excluded.last_time)
                """)) {
            statement.executeUpdate();
        }
    }

    /**
     * Takes out events that were deleted in the same transaction, after {@link #fold}.
     *
     * @param partitions those that are left, the oldest first
     */
    void subtract(Connection connection, String collection, Deleted deleted, List<Period> partitions)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _total
                set events = events - ?, deleted = deleted + ?
                where collection = ?
                returning first_time >= ?, last_time <= ?
                """)) {
            statement.setLong(1, deleted.events());
            statement.setLong(2, deleted.events());
            statement.setString(3, collection);
            statement.setObject(4, deleted.first());
            statement.setObject(5, deleted.last());
            try (var rows = statement.executeQuery()) {
                if (rows.next()) {
                    moveBounds(connection, collection, partitions, rows.getBoolean(1), rows.getBoolean(2));
                }
            }
        }
    }

    /** The collections that have so many other events than before that the planner should look at them again. */
    List<String> toAnalyze(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select collection
                from _total
                where abs(events - analyzed) > greatest(?, analyzed / 5)
                """)) {
            statement.setInt(1, WORTH_ANALYZING);
            List<String> collections = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    collections.add(rows.getString(1));
                }
            }
            return collections;
        }
    }

    void analyzed(Connection connection, String collection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _total
                set analyzed = events
                where collection = ?
                """)) {
            statement.setString(1, collection);
            statement.executeUpdate();
        }
    }

    /** PostgreSQL looks at the partitions by itself, but never at what they make up together. */
    static String analysis(String collection) {
        return "analyze " + SqlName.quoted(collection);
    }

    private static void moveBounds(
            Connection connection, String collection, List<Period> partitions, boolean first, boolean last)
            throws SQLException {
        if (first) {
            bound(connection, collection, "first_time", outermost(connection, partitions, "min"));
        }
        if (last) {
            bound(connection, collection, "last_time", outermost(connection, partitions.reversed(), "max"));
        }
    }

    private static @Nullable OffsetDateTime outermost(Connection connection, List<Period> partitions, String aggregate)
            throws SQLException {
        for (var partition : partitions) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select %s(_time) from %s".formatted(aggregate, SqlName.quoted(partition.name())))) {
                rows.next();
                var time = rows.getObject(1, OffsetDateTime.class);
                if (time != null) {
                    return time;
                }
            }
        }
        return null;
    }

    private static void bound(Connection connection, String collection, String bound, @Nullable OffsetDateTime time)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _total
                set %s = ?
                where collection = ?
                """.formatted(bound))) {
            statement.setObject(1, time);
            statement.setString(2, collection);
            statement.executeUpdate();
        }
    }

    /** @param first the time of the earliest of them */
    record Deleted(long events, OffsetDateTime first, OffsetDateTime last) {}
}
