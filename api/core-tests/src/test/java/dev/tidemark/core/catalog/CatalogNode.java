package dev.tidemark.core.catalog;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.projects.ProjectsModule;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SqlName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** A node of which only the catalogue runs, on a database that it may share with others. */
final class CatalogNode implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final Postgres postgres;
    final ProjectDatabases databases;
    final Notifications notifications;
    final Catalogs catalogs;

    private CatalogNode(PostgresAddress address, Clock clock, LongSupplier ticker, CatalogLimits limits) {
        this.postgres = Postgres.connect(address, "test", 8);
        Migrations.prepare(postgres);
        new Migrations(Map.of(
                        "projects", ModuleResources.beside(ProjectsModule.class).server(),
                        "catalog", ModuleResources.beside(CatalogModule.class).server()))
                .run(postgres.server(), Migrations.SERVER);
        this.databases = new ProjectDatabases(
                postgres,
                new Migrations(Map.of(
                        "catalog", ModuleResources.beside(CatalogModule.class).project())));
        this.notifications = new Notifications(postgres);
        this.catalogs = new Catalogs(databases, notifications, clock, ticker, limits);
    }

    static CatalogNode start(PostgresAddress address) {
        return start(address, CatalogLimits.DEFAULT);
    }

    static CatalogNode start(PostgresAddress address, CatalogLimits limits) {
        return start(address, Clock.fixed(NOW, ZoneOffset.UTC), limits);
    }

    static CatalogNode start(PostgresAddress address, Clock clock, CatalogLimits limits) {
        return start(address, clock, System::nanoTime, limits);
    }

    static CatalogNode start(PostgresAddress address, Clock clock, LongSupplier ticker, CatalogLimits limits) {
        return new CatalogNode(address, clock, ticker, limits);
    }

    Project project(String slug) {
        execute(postgres.server(), "create schema " + SqlName.quoted(slug));
        execute(postgres.server(), "insert into project (slug) values ('" + slug + "')");
        return new Project((int) number(postgres.server(), "select max(id) from project"), slug);
    }

    Database of(Project project) {
        return databases.of(project);
    }

    static void execute(Database database, String sql) {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    static long number(Database database, String sql) {
        return database.transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    static List<String> texts(Database database, String sql) {
        return database.transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        });
    }

    /** The types of a table's columns, as PostgreSQL has them, without the reserved ones. */
    static List<String> columns(Database database, String table) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ',' order by attnum)
                    from pg_attribute
                    where attrelid = ?::regclass and attnum > 7 and not attisdropped
                    """)) {
                statement.setString(1, SqlName.quoted(table));
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getString(1) == null
                            ? List.of()
                            : List.of(rows.getString(1).split(","));
                }
            }
        });
    }

    @Override
    public void close() {
        catalogs.close();
        notifications.close();
        postgres.close();
    }
}
