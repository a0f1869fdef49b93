package dev.tidemark.core.postgres;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Table {@code tidemark.migration}, and the running of steps. */
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

    /** Runs those that no other node was faster with, all of them or none. */
    void apply(int project, String module, List<Migration> migrations) {
        database.transaction(connection -> {
            lock(connection, project);
            var mine = record(connection, project, module, migrations);
            if (mine.isEmpty()) {
                return false;
            }
            try (var statement = connection.createStatement()) {
                return statement.execute(migrations.stream()
                        .filter(migration -> mine.contains(migration.version()))
                        .map(Migration::sql)
                        .collect(Collectors.joining("\n;\n")));
            }
        });
    }

    /** The versions of those that were not recorded before. */
    private static Set<Integer> record(Connection connection, int project, String module, List<Migration> migrations)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into tidemark.migration (project, module, version, checksum)
                select ?, ?, step.version, step.checksum
                from unnest(?, ?) as step (version, checksum)
                on conflict do nothing
                returning version
                """)) {
            statement.setInt(1, project);
            statement.setString(2, module);
            ArrayParameter.set(statement, 3, "int", migrations, Migration::version);
            ArrayParameter.set(statement, 4, "text", migrations, Migration::checksum);
            Set<Integer> recorded = new HashSet<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    recorded.add(rows.getInt(1));
                }
            }
            return recorded;
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
