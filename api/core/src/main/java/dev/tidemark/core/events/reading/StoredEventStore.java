package dev.tidemark.core.events.reading;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.SqlName;
import dev.tidemark.spi.StoredEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code _commit}, and the rows of collections by its ranges. */
final class StoredEventStore {

    /** At first: each may be large. */
    private static final int FETCHED = 50;

    /** When so many bytes are the mean of these, the others are fetched at once. */
    private static final long SMALL = 2 << 10;

    private static final long MOST_BYTES = 2 << 20;

    Position last(Connection connection) throws SQLException {
        return before(connection, OffsetDateTime.MAX);
    }

    Position before(Connection connection, Instant moment) throws SQLException {
        return before(connection, moment.atOffset(ZoneOffset.UTC));
    }

    /** Commits have times in the order of their positions. */
    private static Position before(Connection connection, OffsetDateTime moment) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select position, last_id
                from _commit
                where committed_at < ?
                order by position desc
                limit 1
                """)) {
            statement.setObject(1, moment);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? new Position(rows.getLong(1), rows.getLong(2)) : Position.START;
            }
        }
    }

    Position expired(Connection connection, List<String> collections) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select position, last_id
                from _expired
                where ? or collection = any(?)
                order by position desc
                limit 1
                """)) {
            statement.setBoolean(1, collections.isEmpty());
            statement.setArray(2, connection.createArrayOf("text", collections.toArray()));
            try (var rows = statement.executeQuery()) {
                return rows.next() ? new Position(rows.getLong(1), rows.getLong(2)) : Position.START;
            }
        }
    }

    /** The ranges that hold the next {@code limit} events of the collections, and what is between them. */
    List<StoredRange> ranges(Connection connection, Position after, int limit, Set<String> collections)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select position, collection, first_id, last_id, events, min_time, max_time
                from _commit
                where position >= ?
                    and (position > ? or last_id > ?)
                order by position
                limit ?
                """)) {
            statement.setLong(1, after.commit());
            statement.setLong(2, after.commit());
            statement.setLong(3, after.id());
            statement.setInt(4, limit);
            try (var rows = statement.executeQuery()) {
                return ranges(rows, after, limit, collections);
            }
        }
    }

    private static List<StoredRange> ranges(ResultSet rows, Position after, int limit, Set<String> collections)
            throws SQLException {
        List<StoredRange> ranges = new ArrayList<>();
        var events = 0L;
        while (events < limit && rows.next()) {
            var begun = rows.getLong("position") == after.commit();
            var firstId = rows.getLong("first_id");
            var lastId = rows.getLong("last_id");
            var collection = rows.getString("collection");
            if (isWanted(collection, collections)) {
                events += begun ? Math.min(rows.getInt("events"), lastId - after.id()) : rows.getInt("events");
            }
            ranges.add(new StoredRange(
                    rows.getLong("position"),
                    collection,
                    begun ? Math.max(firstId, after.id() + 1) : firstId,
                    lastId,
                    rows.getString("min_time"),
                    rows.getString("max_time")));
        }
        return ranges;
    }

    /** None wanted: all are. */
    static boolean isWanted(String collection, Set<String> wanted) {
        return wanted.isEmpty() || wanted.contains(collection);
    }

    /**
     * Ranges of ids are narrow and found by the primary key. The planner cannot know how narrow, and would scan a whole
     * partition by its times, or compile a plan of half a millisecond.
     */
    void preferKeys(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    set_config('enable_bitmapscan', 'off', true),
                    set_config('enable_seqscan', 'off', true),
                    set_config('jit', 'off', true)
                """)) {
            statement.execute();
        }
    }

    /**
     * The next events of the ranges, in their order. The statement tells the types of the columns, so that where one has another now it
     * is another statement: PostgreSQL refuses to run what was prepared for the old type, and the pool then gives up the connection.
     *
     * @param limit as many at most, and no more after some megabytes
     */
    Found events(Connection connection, EventCollection collection, List<StoredRange> ranges, int limit)
            throws SQLException {
        var columns = new StringBuilder();
        collection
                .properties()
                .forEach(property -> columns.append(", event.")
                        .append(SqlName.quoted(property.column()))
                        .append(" /* ")
                        .append(property.type().name())
                        .append(" */"));
        var sql = """
                select
                    range.position,
                    event._id,
                    event._time,
                    event._received_at,
                    event._user,
                    event._anonymous,
                    event._message_id,
                    event._extra
                    %s
                from unnest(?, ?, ?, ?, ?) as range(position, first_id, last_id, min_time, max_time)
                join %s as event
                    on event._id between range.first_id and range.last_id
                    and event._time between range.min_time and range.max_time
                order by range.position, event._id
                limit ?
                """.formatted(columns, SqlName.quoted(collection.name()));
        try (var statement = connection.prepareStatement(sql)) {
            ArrayParameter.set(statement, 1, "bigint", ranges, StoredRange::position);
            ArrayParameter.set(statement, 2, "bigint", ranges, StoredRange::firstId);
            ArrayParameter.set(statement, 3, "bigint", ranges, StoredRange::lastId);
            ArrayParameter.set(statement, 4, "timestamptz", ranges, StoredRange::minTime);
            ArrayParameter.set(statement, 5, "timestamptz", ranges, StoredRange::maxTime);
            statement.setInt(6, limit);
            statement.setFetchSize(FETCHED);
            try (var rows = statement.executeQuery()) {
                return found(rows, new StoredRow(collection), limit);
            }
        }
    }

    private static Found found(ResultSet rows, StoredRow row, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        var bytes = 0L;
        while (bytes < MOST_BYTES && rows.next()) {
            var event = row.event(rows);
            events.add(event);
            bytes += event.bytes();
            if (events.size() == FETCHED && bytes < FETCHED * SMALL) {
                rows.setFetchSize(limit);
            }
        }
        return new Found(events, bytes < MOST_BYTES && events.size() < limit);
    }

    /** @param isAll whether there are no more */
    record Found(List<StoredEvent> events, boolean isAll) {}
}
