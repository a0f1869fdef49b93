package dev.tidemark.customers.userstable;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Table {@code _users_erased}, which has digests and no ids, by the clock of the database. */
public final class ErasedStore {

    private static final String DIGEST = "sha256(convert_to((select salt from _users_erased_salt) || id, 'UTF8'))";

    public void add(Connection connection, String id) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with erased as (
                    select %s as digest
                    from unnest(?) as given (id)
                )
                insert into _users_erased (digest, erased_at)
                select digest, statement_timestamp()
                from erased
                on conflict (digest) do update
                    set erased_at = excluded.erased_at
                """.formatted(DIGEST))) {
            ArrayParameter.set(statement, 1, "text", List.of(id));
            statement.executeUpdate();
        }
    }

    /** Those of the ids that were erased. */
    Set<String> among(Connection connection, Collection<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id
                from unnest(?) as known (id)
                where exists (select from _users_erased) and %s in (select digest from _users_erased)
                """.formatted(DIGEST))) {
            ArrayParameter.set(statement, 1, "text", ids);
            Set<String> erased = new HashSet<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    erased.add(rows.getString("id"));
                }
            }
            return erased;
        }
    }

    /**
     * Forgets those who are in the users table no more.
     *
     * @param before who was erased later stays
     * @param met who is still there
     */
    void forgetOthers(Connection connection, Instant before, Collection<String> met) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _users_erased
                where erased_at < ? and digest not in (select %s from unnest(?) as known (id))
                """.formatted(DIGEST))) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            ArrayParameter.set(statement, 2, "text", met);
            statement.executeUpdate();
        }
    }
}
