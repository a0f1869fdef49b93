package dev.tidemark.core.projects.keys;

import dev.tidemark.core.projects.nodes.AccessVersionStore;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Project;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Table {@code api_key}. What is revoked, and the keys of a deleted project, are not there for anyone. */
public final class KeyStore {

    private static final String KEYS = """
            select key.*, project.slug
            from api_key key
            left join project on project.id = key.project_id
            where key.revoked_at is null
            and project.deleted_at is null
            """;

    private final Database database;
    private final AuditStore audit;

    public KeyStore(Database database, AuditStore audit) {
        this.database = database;
        this.audit = audit;
    }

    public static ApiKey insert(Connection connection, Optional<Project> project, NewKey key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with added as (
                insert into api_key
                    (project_id, name, hash, prefix, scopes, root, expires_at, events_per_second, events_per_day)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    returning *
                )
                select added.*, project.slug
                from added
                left join project on project.id = added.project_id
                """)) {
            setProject(statement, 1, project);
            statement.setString(2, key.request().name());
            statement.setBytes(3, key.secret().hash().bytes());
            statement.setString(4, key.secret().prefix());
            statement.setArray(5, scopes(connection, key.request()));
            statement.setBoolean(6, key.root());
            statement.setObject(
                    7,
                    key.request()
                            .expiresAt()
                            .map(at -> at.atOffset(ZoneOffset.UTC))
                            .orElse(null));
            setLimit(statement, 8, key.request().limits().eventsPerSecond());
            setLimit(statement, 9, key.request().limits().eventsPerDay());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return KeyRow.key(rows);
            }
        }
    }

    /** @param most how many keys the project, or the administrators, may have; empty answer: there are as many */
    public Optional<ApiKey> insert(Caller maker, Optional<Project> project, NewKey key, int most) {
        return database.transaction(connection -> {
            if (count(connection, project) >= most) {
                return Optional.empty();
            }
            var made = insert(connection, project, key);
            audit.note(connection, maker, project, "createApiKey", named(made.name(), made.prefix()));
            return Optional.of(made);
        });
    }

    public Optional<ApiKey> find(KeyHash hash) {
        return one(KEYS + "and key.hash = ?", statement -> statement.setBytes(1, hash.bytes()));
    }

    public Optional<ApiKey> find(long id) {
        return one(KEYS + "and key.id = ?", statement -> statement.setLong(1, id));
    }

    /** @param project empty: admin keys */
    List<ApiKey> all(Optional<Project> project) {
        return list(
                KEYS + "and key.project_id is not distinct from ?\norder by key.id",
                statement -> setProject(statement, 1, project));
    }

    /**
     * Revokes, or revokes again what already is.
     *
     * @param project only a key of this one; empty: any
     * @return the access version to publish; empty: there is no such key
     */
    OptionalLong revoke(Caller caller, long id, Optional<Project> project) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update api_key
                    set revoked_at = coalesce(revoked_at, now())
                    where id = ?
                    and (?::int is null or project_id = ?::int)
                    returning name, prefix
                    """)) {
                statement.setLong(1, id);
                setProject(statement, 2, project);
                setProject(statement, 3, project);
                try (var rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        return OptionalLong.empty();
                    }
                    audit.note(
                            connection,
                            caller,
                            project,
                            "revokeApiKey",
                            named(rows.getString("name"), rows.getString("prefix")));
                    return OptionalLong.of(AccessVersionStore.raise(connection));
                }
            }
        });
    }

    void used(Map<Long, Instant> times) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update api_key
                    set last_used_at = greatest(last_used_at, used.at)
                    from unnest(?::bigint[], ?::timestamptz[]) as used (id, at)
                    where api_key.id = used.id
                    """)) {
                statement.setArray(
                        1, connection.createArrayOf("bigint", times.keySet().toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "timestamptz",
                                times.values().stream().map(Instant::toString).toArray()));
                return statement.executeUpdate();
            }
        });
    }

    /** How people tell a key apart. */
    private static String named(String name, String prefix) {
        return name + " (" + prefix + ")";
    }

    private static int count(Connection connection, Optional<Project> project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select count(*)
                from api_key
                where project_id is not distinct from ?
                and revoked_at is null
                """)) {
            setProject(statement, 1, project);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static Array scopes(Connection connection, KeyRequest request) throws SQLException {
        return connection.createArrayOf(
                "text", request.scopes().stream().map(Enum::name).sorted().toArray());
    }

    private Optional<ApiKey> one(String sql, Parameters parameters) {
        return list(sql, parameters).stream().findFirst();
    }

    private List<ApiKey> list(String sql, Parameters parameters) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                try (var rows = statement.executeQuery()) {
                    List<ApiKey> keys = new ArrayList<>();
                    while (rows.next()) {
                        keys.add(KeyRow.key(rows));
                    }
                    return keys;
                }
            }
        });
    }

    private static void setLimit(PreparedStatement statement, int index, OptionalLong limit) throws SQLException {
        if (limit.isPresent()) {
            statement.setLong(index, limit.getAsLong());
        } else {
            statement.setNull(index, Types.BIGINT);
        }
    }

    private static void setProject(PreparedStatement statement, int index, Optional<Project> project)
            throws SQLException {
        if (project.isPresent()) {
            statement.setInt(index, project.get().id());
        } else {
            statement.setNull(index, Types.INTEGER);
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
