package dev.tidemark.core.projects.keys;

import dev.tidemark.core.projects.nodes.AccessVersionStore;
import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The root admin key in table {@code api_key}. Nodes that start at once take turns, by the lock of the access version. */
public final class AdminKeyStore {

    private final Database database;

    public AdminKeyStore(Database database) {
        this.database = database;
    }

    /** Keeps the key if there is no other for administrators. */
    boolean addFirst(NewKey key) {
        return database.transaction(connection -> {
            AccessVersionStore.raise(connection);
            if (hasAdminKey(connection)) {
                return false;
            }
            KeyStore.insert(connection, Optional.empty(), key);
            return true;
        });
    }

    /**
     * Makes the key the root, and revokes the root before it.
     *
     * @return the access version to publish; empty: it is the key of a project
     */
    OptionalLong replaceRoot(NewKey key) {
        return database.transaction(connection -> {
            var version = AccessVersionStore.raise(connection);
            revokeRootsExcept(connection, key);
            return keepAsRoot(connection, key) ? OptionalLong.of(version) : OptionalLong.empty();
        });
    }

    private static void revokeRootsExcept(Connection connection, NewKey key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update api_key
                set revoked_at = now()
                where root
                and revoked_at is null
                and hash <> ?
                """)) {
            statement.setBytes(1, key.secret().hash().bytes());
            statement.executeUpdate();
        }
    }

    private static boolean keepAsRoot(Connection connection, NewKey key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into api_key (name, hash, prefix, scopes, root)
                values (?, ?, ?, array['ADMIN'], true)
                on conflict (hash) do update
                set root = true, revoked_at = null, expires_at = null
                where api_key.project_id is null
                """)) {
            statement.setString(1, key.request().name());
            statement.setBytes(2, key.secret().hash().bytes());
            statement.setString(3, key.secret().prefix());
            return statement.executeUpdate() == 1;
        }
    }

    private static boolean hasAdminKey(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select exists (
                            select from api_key
                            where project_id is null
                            and revoked_at is null
                            and (expires_at is null or expires_at > now())
                        )
                        """);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
