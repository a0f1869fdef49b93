package dev.tidemark.core.postgres;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lends each project's schema, after bringing its tables up to date on its first use by this node. */
public final class ProjectDatabases implements Databases {

    private final Postgres postgres;
    private volatile Migrations migrations;
    private final Set<Integer> migrated = ConcurrentHashMap.newKeySet();

    public ProjectDatabases(Postgres postgres, Migrations migrations) {
        this.postgres = postgres;
        this.migrations = migrations;
    }

    /** Says what each project's tables need, once the modules are known and before the first is lent. */
    public void migrateWith(Migrations all) {
        migrations = all;
    }

    @Override
    public Database of(Project project) {
        var database = postgres.schema(project.slug());
        if (!migrated.contains(project.id())) {
            migrations.run(database, project.id());
            migrated.add(project.id());
        }
        return database;
    }

    @Override
    public Database server() {
        return postgres.server();
    }
}
