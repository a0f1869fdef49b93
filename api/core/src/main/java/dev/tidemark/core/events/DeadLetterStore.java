package dev.tidemark.core.events;

import dev.tidemark.spi.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _dead_letter}. */
final class DeadLetterStore {

    void add(Connection connection, List<DeadLetter> letters) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _dead_letter (at, source, collection, code, pointer, message, raw)
                select *
                from unnest(?, ?, ?, ?, ?, ?, ?)
                """)) {
            ArrayParameter.set(
                    statement, 1, "timestamptz", letters, letter -> letter.at().toString());
            ArrayParameter.set(statement, 2, "text", letters, DeadLetter::source);
            ArrayParameter.set(
                    statement, 3, "text", letters, letter -> letter.collection().orElse(null));
            ArrayParameter.set(
                    statement, 4, "text", letters, letter -> letter.reason().code());
            ArrayParameter.set(
                    statement, 5, "text", letters, letter -> letter.reason().pointer());
            ArrayParameter.set(
                    statement, 6, "text", letters, letter -> letter.reason().message());
            ArrayParameter.set(statement, 7, "text", letters, DeadLetter::raw);
            statement.execute();
        }
    }

    Optional<Kept> find(Connection connection, long id) throws SQLException {
        return latest(connection, id + 1, 1).stream()
                .filter(found -> found.id() == id)
                .findFirst();
    }

    /** Those with an id below the given one, the latest first. */
    List<Kept> latest(Connection connection, long before, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id, at, source, collection, code, pointer, message, raw
                from _dead_letter
                where id < ?
                order by id desc
                limit ?
                """)) {
            statement.setLong(1, before);
            statement.setInt(2, limit);
            List<Kept> letters = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.add(new Kept(rows.getLong("id"), letter(rows)));
                }
            }
            return letters;
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("source"),
                Optional.ofNullable(row.getString("collection")),
                new Refusal(row.getString("code"), row.getString("pointer"), row.getString("message")),
                row.getString("raw"));
    }

    int forget(Connection connection, Duration kept, int limit) throws SQLException {
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

    /** @param id grows with time */
    record Kept(long id, DeadLetter letter) {}
}
