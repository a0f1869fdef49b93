package dev.tidemark.core.postgres;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends each project's schema, after bringing its tables up to date on its first use by this node. */
public final class ProjectDatabases implements Databases {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectDatabases.class);

    private final Postgres postgres;
    private volatile Migrations migrations;
    private volatile Predicate<Project> isCurrent = project -> true;
    private final Map<Integer, Set<String>> migrated = new ConcurrentHashMap<>();

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
        if (!migrated.containsKey(project.id())) {
            var failed = migrations.run(database, project.id());
            failed.forEach((plugin, reason) -> LOG.error(
                    "The tables of plugin {} in project {} could not be brought up to date: it is out of service there until"
                            + " it is mended and the server starts again.",
                    plugin,
                    project.slug(),
                    reason));
            migrated.put(project.id(), Set.copyOf(failed.keySet()));
        }
        return database;
    }

    /** The plugins whose tables in a project could not be brought up to date. */
    public Set<String> outOfService(Project project) {
        of(project);
        return failed(project);
    }

    private Set<String> failed(Project project) {
        return migrated.getOrDefault(project.id(), Set.of());
    }

    /** The same for one module: not of projects in which its own tables are out of date. */
    public Databases lentTo(String module) {
        return new Lent(module);
    }

    private final class Lent implements Databases {

        private final String module;

        Lent(String module) {
            this.module = module;
        }

        @Override
        public Database of(Project project) {
            var database = ProjectDatabases.this.of(project);
            if (failed(project).contains(module)) {
                throw new CallerException(
                        ErrorCode.UNAVAILABLE,
                        "The tables of plugin " + module
                                + " in this project could not be brought up to date: the server's log"
                                + " says why. Mend the plugin, and start the server again.");
            }
            return database;
        }

        @Override
        public Database server() {
            return ProjectDatabases.this.server();
        }
    }

    @Override
    public Database server() {
        return postgres.server();
    }
}
