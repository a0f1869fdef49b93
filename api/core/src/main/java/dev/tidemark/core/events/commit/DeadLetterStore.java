package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Table {@code _dead_letter}, as it fills and empties, and {@code _dead_letter_hour}, which says how fast. */
public final class DeadLetterStore {

    private final long bytesAnHour;

    /** @param bytesAnHour so many are kept, roughly; then letters are only counted, since a public key may send no end of them */
    DeadLetterStore(long bytesAnHour) {
        this.bytesAnHour = bytesAnHour;
    }

    /** Keeps the first of the letters, and tells how many. */
    int add(Connection connection, List<DeadLetter> letters) throws SQLException {
        var left = bytesAnHour - bytesOfThisHour(connection);
        var kept = 0;
        var bytes = 0L;
        while (kept < letters.size() && bytes + letters.get(kept).bytes() <= left) {
            bytes += letters.get(kept++).bytes();
        }
        if (kept > 0) {
            insert(connection, letters.subList(0, kept));
        }
        count(connection, bytes, letters.size() - kept);
        return kept;
    }

    private static void insert(Connection connection, List<DeadLetter> letters) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _dead_letter
                    (at, source, address, user_agent, collection, code, pointer, message, raw, as_sent)
                select *
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            ArrayParameter.set(
                    statement,
                    1,
                    "timestamptz",
                    letters,
                    letter -> letter.origin().receivedAt().toString());
            ArrayParameter.set(
                    statement, 2, "text", letters, letter -> letter.origin().source());
            ArrayParameter.set(
                    statement,
                    3,
                    "text",
                    letters,
                    letter -> letter.origin().address().orElse(null));
            ArrayParameter.set(
                    statement,
                    4,
                    "text",
                    letters,
                    letter -> letter.origin().userAgent().orElse(null));
            ArrayParameter.set(
                    statement, 5, "text", letters, letter -> letter.collection().orElse(null));
            ArrayParameter.set(
                    statement, 6, "text", letters, letter -> letter.reason().code());
            ArrayParameter.set(
                    statement, 7, "text", letters, letter -> letter.reason().pointer());
            ArrayParameter.set(
                    statement, 8, "text", letters, letter -> letter.reason().message());
            ArrayParameter.set(statement, 9, "text", letters, DeadLetter::raw);
            ArrayParameter.set(statement, 10, "boolean", letters, DeadLetter::asSent);
            statement.execute();
        }
    }

    /** Locks the hour until the end of the transaction: two at once would both take what is left of it. */
    private static long bytesOfThisHour(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _dead_letter_hour as hour (hour, bytes, not_kept)
                values (date_trunc('hour', now()), 0, 0)
                on conflict (hour) do update
                set bytes = hour.bytes
                returning bytes
                """);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong("bytes");
        }
    }

    private static void count(Connection connection, long bytes, int notKept) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _dead_letter_hour
                set bytes = bytes + ?,
                    not_kept = not_kept + ?
                where hour = date_trunc('hour', now())
                """)) {
            statement.setLong(1, bytes);
            statement.setInt(2, notKept);
            statement.execute();
        }
    }

    public static int forget(Connection connection, Duration kept, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _dead_letter
                where id in (
                    select id
                    from _dead_letter
                    where at < now() - ? * interval '1 second'
                    limit ?
                )
                """)) {
            statement.setLong(1, kept.toSeconds());
            statement.setInt(2, limit);
            return statement.executeUpdate();
        }
    }

    public static int forgetHours(Connection connection, Duration kept) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _dead_letter_hour
                where hour < now() - interval '1 hour' - ? * interval '1 second'
                """)) {
            statement.setLong(1, kept.toSeconds());
            return statement.executeUpdate();
        }
    }
}
