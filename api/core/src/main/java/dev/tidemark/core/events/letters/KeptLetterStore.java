package dev.tidemark.core.events.letters;

import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Table {@code _dead_letter}, as people go through it. */
final class KeptLetterStore {

    private static final String COLUMNS = """
        select id, at, source, address, user_agent, collection, code, pointer, message, raw, as_sent, attempts,
            attempted_at
        """;
    /** No value, no condition. */
    private static final String MEANT = """
        from _dead_letter, (
            select ?::bigint[] as ids, ?::text[] as codes, ?::text[] as collections, ?::text[] as sources,
                ?::timestamptz as since, ?::timestamptz as until
        ) meant
        where (meant.ids is null or id = any(meant.ids))
        and (meant.codes is null or code = any(meant.codes))
        and (meant.collections is null or collection = any(meant.collections))
        and (meant.sources is null or source = any(meant.sources))
        and (meant.since is null or at >= meant.since)
        and (meant.until is null or at < meant.until)
        """;

    private static final int PARAMETERS = 6;

    /** Each may have some megabytes. */
    private static final int FETCHED = 2;

    /** Those with an id below the given one, the latest first. */
    List<KeptLetter> latest(Connection connection, LetterFilter filter, long before, int limit) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + MEANT + "and id < ?\norder by id desc\nlimit ?")) {
            set(statement, filter);
            statement.setLong(PARAMETERS + 1, before);
            statement.setInt(PARAMETERS + 2, limit);
            return letters(statement, Long.MAX_VALUE);
        }
    }

    /**
     * Those with an id above the given one, the first first.
     *
     * @param bytes no more after so many
     */
    List<KeptLetter> next(Connection connection, LetterFilter filter, long after, int limit, long bytes)
            throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + MEANT + "and id > ?\norder by id\nlimit ?")) {
            set(statement, filter);
            statement.setLong(PARAMETERS + 1, after);
            statement.setInt(PARAMETERS + 2, limit);
            statement.setFetchSize(FETCHED);
            return letters(statement, bytes);
        }
    }

    Optional<KeptLetter> find(Connection connection, long id) throws SQLException {
        return latest(connection, LetterFilter.of(List.of(id)), id + 1, 1).stream()
                .findFirst();
    }

    /** How many were refused and not kept, because there were too many at a time. */
    long notKept(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select coalesce(sum(not_kept), 0)::bigint
                from _dead_letter_hour
                """);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The id of the latest; 0: there is none. */
    long last(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select coalesce(max(id), 0)
                from _dead_letter
                """);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Removes letters, and tells how many of them were there. */
    int remove(Connection connection, Collection<Long> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _dead_letter
                where id = any(?)
                """)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            return statement.executeUpdate();
        }
    }

    /** Removes those that are meant, up to an id, and tells how many there were. */
    int remove(Connection connection, LetterFilter filter, long upTo, int limit) throws SQLException {
        try (var statement = connection.prepareStatement(
                "delete from _dead_letter where id in (select id " + MEANT + "and id <= ?\nlimit ?)")) {
            set(statement, filter);
            statement.setLong(PARAMETERS + 1, upTo);
            statement.setInt(PARAMETERS + 2, limit);
            return statement.executeUpdate();
        }
    }

    /** Notes why letters were refused again, and tells how many of them were there. */
    int refusedAgain(Connection connection, Map<Long, Refusal> reasons, Instant at) throws SQLException {
        var refused = List.copyOf(reasons.entrySet());
        try (var statement = connection.prepareStatement("""
                update _dead_letter letter
                set code = again.code,
                    pointer = again.pointer,
                    message = again.message,
                    attempts = attempts + 1,
                    attempted_at = ?::timestamptz
                from unnest(?, ?, ?, ?) as again (id, code, pointer, message)
                where letter.id = again.id
                """)) {
            statement.setString(1, at.toString());
            ArrayParameter.set(statement, 2, "bigint", refused, Map.Entry::getKey);
            ArrayParameter.set(
                    statement, 3, "text", refused, entry -> entry.getValue().code());
            ArrayParameter.set(
                    statement, 4, "text", refused, entry -> entry.getValue().pointer());
            ArrayParameter.set(
                    statement, 5, "text", refused, entry -> entry.getValue().message());
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, LetterFilter filter) throws SQLException {
        set(statement, 1, "bigint", filter.ids());
        set(statement, 2, "text", filter.codes());
        set(statement, 3, "text", filter.collections());
        set(statement, 4, "text", filter.sources());
        statement.setString(5, filter.from().map(Instant::toString).orElse(null));
        statement.setString(6, filter.to().map(Instant::toString).orElse(null));
    }

    private static void set(PreparedStatement statement, int index, String type, List<?> values) throws SQLException {
        statement.setArray(
                index, values.isEmpty() ? null : statement.getConnection().createArrayOf(type, values.toArray()));
    }

    private static List<KeptLetter> letters(PreparedStatement statement, long bytes) throws SQLException {
        List<KeptLetter> letters = new ArrayList<>();
        var left = bytes;
        try (var rows = statement.executeQuery()) {
            while (left > 0 && rows.next()) {
                var letter = letter(rows);
                left -= letter.letter().bytes();
                letters.add(letter);
            }
        }
        return letters;
    }

    private static KeptLetter letter(ResultSet row) throws SQLException {
        var origin = new Origin(
                row.getString("source"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("address")),
                Optional.ofNullable(row.getString("user_agent")),
                Optional.empty());
        return new KeptLetter(
                row.getLong("id"),
                new DeadLetter(
                        origin,
                        Optional.ofNullable(row.getString("collection")),
                        new Refusal(row.getString("code"), row.getString("pointer"), row.getString("message")),
                        row.getString("raw"),
                        row.getBoolean("as_sent")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getObject("attempted_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
