package dev.tidemark.core.events.commit;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Table {@code _warning}. */
public final class WarningStore {

    void add(Connection connection, List<WarningCount> warnings) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _warning (at, collection, property, code, message, count, sample, event_id)
                select now(), *
                from unnest(?, ?, ?, ?, ?, ?, ?)
                """)) {
            ArrayParameter.set(statement, 1, "text", warnings, WarningCount::collection);
            ArrayParameter.set(
                    statement, 2, "text", warnings, warning -> warning.first().property());
            ArrayParameter.set(
                    statement,
                    3,
                    "text",
                    warnings,
                    warning -> warning.first().reason().code());
            ArrayParameter.set(
                    statement,
                    4,
                    "text",
                    warnings,
                    warning -> warning.first().reason().message());
            ArrayParameter.set(statement, 5, "bigint", warnings, WarningCount::count);
            ArrayParameter.set(
                    statement, 6, "text", warnings, warning -> warning.first().sample());
            ArrayParameter.set(statement, 7, "bigint", warnings, WarningCount::eventId);
            statement.execute();
        }
    }

    /** By property and reason, the latest first. */
    public List<Total> latest(Connection connection, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    collection,
                    property,
                    code,
                    (array_agg(message order by id desc))[1] as message,
                    sum(count)::bigint as count,
                    (array_agg(sample order by id desc))[1] as sample,
                    (array_agg(event_id order by id desc))[1] as event_id,
                    max(at) as last_at
                from _warning
                group by collection, property, code
                order by last_at desc, collection, property, code
                limit ?
                """)) {
            statement.setInt(1, limit);
            List<Total> totals = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    totals.add(new Total(
                            rows.getString("collection"),
                            rows.getString("property"),
                            rows.getString("code"),
                            rows.getString("message"),
                            rows.getLong("count"),
                            rows.getString("sample"),
                            rows.getString("event_id"),
                            rows.getObject("last_at", OffsetDateTime.class).toInstant()));
                }
            }
            return totals;
        }
    }

    /** Adds up the rows of past hours by day, so that a sender that errs with each event fills no disk. */
    public int fold(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with folded as (
                    delete from _warning
                    where at < now() - interval '10 minutes'
                        and (collection, property, code, date_trunc('day', at)) in (
                            select collection, property, code, date_trunc('day', at)
                            from _warning
                            where at < now() - interval '10 minutes'
                            group by 1, 2, 3, 4
                            having count(*) > 1
                        )
                    returning *
                )
                insert into _warning (at, collection, property, code, message, count, sample, event_id)
                select
                    max(at),
                    collection,
                    property,
                    code,
                    (array_agg(message order by id desc))[1],
                    sum(count),
                    (array_agg(sample order by id desc))[1],
                    (array_agg(event_id order by id desc))[1]
                from folded
                group by collection, property, code, date_trunc('day', at)
                """)) {
            return statement.executeUpdate();
        }
    }

    public int forget(Connection connection, Duration kept) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _warning
                where at < now() - ? * interval '1 second'
                """)) {
            statement.setLong(1, kept.toSeconds());
            return statement.executeUpdate();
        }
    }

    /** @param sample of the last batch that had such a value */
    public record Total(
            String collection,
            String property,
            String code,
            String message,
            long count,
            String sample,
            String eventId,
            Instant lastAt) {}
}
