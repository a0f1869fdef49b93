package dev.tidemark.core.postgres;

import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Table {@code tidemark.migration}, and the running of a step. */
final class MigrationStore {

    private final Database database;

    MigrationStore(Database database) {
        this.database = database;
    }

    void prepare() {
        database.transaction(connection -> {
            lock(connection, Migrations.SERVER);
            try (var statement = connection.createStatement()) {
                statement.execute("create schema if not exists tidemark");
                return statement.execute("""
                        create table if not exists tidemark.migration (
                            project int not null,
                            module text not null,
                            version int not null,
                            checksum text not null,
                            at timestamptz not null default now(),
                            primary key (project, module, version)
                        )
                        """);
            }
        });
    }

    /** Checksums by module and version. */
    Map<String, Map<Integer, String>> applied(int project) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select module, version, checksum
                    from tidemark.migration
                    where project = ?
                    """)) {
                statement.setInt(1, project);
                Map<String, Map<Integer, String>> applied = new HashMap<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        applied.computeIfAbsent(rows.getString("module"), module -> new HashMap<>())
                                .put(rows.getInt("version"), rows.getString("checksum"));
                    }
                }
                return applied;
            }
        });
    }

    void apply(int project, String module, Migration migration) {
        database.transaction(connection -> {
            lock(connection, project);
            if (!record(connection, project, module, migration)) {
                return false;
            }
            try (var statement = connection.createStatement()) {
                return statement.execute(migration.sql());
            }
        });
    }

    private static boolean record(Connection connection, int project, String module, Migration migration)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into tidemark.migration (project, module, version, checksum)
                values (?, ?, ?, ?)
                on conflict do nothing
                """)) {
            statement.setInt(1, project);
            statement.setString(2, module);
            statement.setInt(3, migration.version());
            statement.setString(4, migration.checksum());
            return statement.executeUpdate() == 1;
        }
    }

    private static void lock(Connection connection, int project) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LockClass.MIGRATION.number());
            statement.setInt(2, project);
            statement.execute();
        }
    }
}
