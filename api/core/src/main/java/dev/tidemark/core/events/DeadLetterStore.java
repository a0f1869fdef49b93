package dev.tidemark.core.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

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
}
