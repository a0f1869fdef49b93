package dev.tidemark.customers.userstable;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables {@code _users_copy} and {@code _users_copy_state}, by the clock of the database; the values are written by the engine. */
public final class CopyStore {

    CopyState state(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select copied_at, customers, skipped, problem, failed_at
                        from _users_copy_state
                        """);
                var rows = statement.executeQuery()) {
            return rows.next()
                    ? new CopyState(
                            Optional.ofNullable(rows.getObject("copied_at", OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant),
                            rows.getLong("customers"),
                            rows.getLong("skipped"),
                            Optional.ofNullable(rows.getString("problem")),
                            Optional.ofNullable(rows.getObject("failed_at", OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant))
                    : CopyState.NONE;
        }
    }

    /** @param begun when the reading began of which this is the result */
    void succeeded(Connection connection, Instant begun, long customers, long skipped) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _users_copy_state (copied_at, customers, skipped)
                values (?, ?, ?)
                on conflict (is_only) do update
                    set copied_at = excluded.copied_at,
                        customers = excluded.customers,
                        skipped = excluded.skipped,
                        problem = null,
                        failed_at = null
                """)) {
            statement.setObject(1, begun.atOffset(ZoneOffset.UTC));
            statement.setLong(2, customers);
            statement.setLong(3, skipped);
            statement.executeUpdate();
        }
    }

    void failed(Connection connection, String problem) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _users_copy_state (problem, failed_at)
                values (?, statement_timestamp())
                on conflict (is_only) do update
                    set problem = excluded.problem, failed_at = excluded.failed_at
                """)) {
            statement.setString(1, problem);
            statement.executeUpdate();
        }
    }

    /** The hashes of the rows that are there, by their ids. */
    Map<String, Long> hashes(Connection connection, Collection<String> ids) throws SQLException {
        try (var statement =
                connection.prepareStatement("select _person, _read from _users_copy where _person = any(?)")) {
            ArrayParameter.set(statement, 1, "text", ids);
            Map<String, Long> hashes = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    hashes.put(rows.getString(1), rows.getLong(2));
                }
            }
            return hashes;
        }
    }

    void note(Connection connection, List<UsersTableStore.Row> read) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _users_copy
                set _read = row.hash
                from unnest(?, ?) as row (id, hash)
                where _person = row.id
                """)) {
            ArrayParameter.set(statement, 1, "text", read, UsersTableStore.Row::id);
            ArrayParameter.set(statement, 2, "bigint", read, UsersTableStore.Row::hash);
            statement.executeUpdate();
        }
    }

    /**
     * Deletes who is in the table no more.
     *
     * @param after everybody up to this id has been dealt with
     * @param upTo the last that is dealt with; empty: there are no more
     * @param there those between who are there
     */
    void deleteOthers(Connection connection, String after, Optional<String> upTo, Collection<String> there)
            throws SQLException {
        // said outright, so that no plan reads on to the end of the table
        try (var statement = connection.prepareStatement("""
                delete from _users_copy
                where _person > ? %s and not _person = any(?)
                """.formatted(upTo.isPresent() ? "and _person <= ?" : ""))) {
            int place = 0;
            statement.setString(++place, after);
            if (upTo.isPresent()) {
                statement.setString(++place, upTo.get());
            }
            ArrayParameter.set(statement, ++place, "text", there);
            statement.executeUpdate();
        }
    }
}
