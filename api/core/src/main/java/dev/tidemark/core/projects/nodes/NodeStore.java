package dev.tidemark.core.projects.nodes;

import dev.tidemark.spi.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Table {@code node}. Only the clock of the database counts in it. */
public final class NodeStore {

    private final Database database;

    public NodeStore(Database database) {
        this.database = database;
    }

    /** The heartbeat; the first one registers the node. */
    void announce(UUID id, NodeDescription node, long accessVersion) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    insert into node (id, host, version, started_at, heartbeat_at, access_version)
                    values (?, ?, ?, clock_timestamp(), clock_timestamp(), ?)
                    on conflict (id) do update
                    set heartbeat_at = clock_timestamp(), access_version = excluded.access_version
                    """)) {
                statement.setObject(1, id);
                statement.setString(2, node.host());
                statement.setString(3, node.version());
                statement.setLong(4, accessVersion);
                return statement.executeUpdate();
            }
        });
    }

    /** Whether a node that shows signs of life has not announced the version yet. */
    boolean anyBehind(long accessVersion) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select exists (
                        select from node
                        where access_version < ? and heartbeat_at > clock_timestamp() - interval '3 seconds'
                    )
                    """)) {
                statement.setLong(1, accessVersion);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getBoolean(1);
                }
            }
        });
    }

    List<Node> all() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select id, host, version, started_at, heartbeat_at,
                        heartbeat_at > clock_timestamp() - interval '3 seconds' as alive
                    from node
                    order by started_at, id
                    """);
                    var rows = statement.executeQuery()) {
                List<Node> nodes = new ArrayList<>();
                while (rows.next()) {
                    nodes.add(node(rows));
                }
                return nodes;
            }
        });
    }

    void remove(UUID id) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("delete from node where id = ?")) {
                statement.setObject(1, id);
                return statement.executeUpdate();
            }
        });
    }

    /** Forgets nodes that ended without a farewell. */
    void removeSilent() {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    delete from node
                    where heartbeat_at < clock_timestamp() - interval '1 hour'
                    """)) {
                return statement.executeUpdate();
            }
        });
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                row.getObject("id", UUID.class),
                row.getString("host"),
                row.getString("version"),
                instant(row, "started_at"),
                instant(row, "heartbeat_at"),
                row.getBoolean("alive"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
