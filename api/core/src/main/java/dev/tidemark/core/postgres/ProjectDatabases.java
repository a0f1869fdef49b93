package dev.tidemark.core.postgres;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Lends each project's schema, after bringing its tables up to date on its first use by this node. */
public final class ProjectDatabases implements Databases {

    private final Postgres postgres;
    private volatile Migrations migrations;
    private volatile Predicate<Project> isCurrent = project -> true;
    private final Set<Integer> migrated = ConcurrentHashMap.newKeySet();

    public ProjectDatabases(Postgres postgres, Migrations migrations) {
        this.postgres = postgres;
        this.migrations = migrations;
    }

    /**
     * Says what is known once the modules are, and before the first project is lent.
     *
     * @param all what each project's tables need
     * @param exists whether a project was not deleted: a later one of the same name has the same schema
     */
    public void join(Migrations all, Predicate<Project> exists) {
        migrations = all;
        isCurrent = exists;
    }

    @Override
    public Database of(Project project) {
        if (!isCurrent.test(project)) {
            throw new CallerException(ErrorCode.NOT_FOUND, "The project " + project.slug() + " was deleted.");
        }
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
