package dev.tidemark.core.projects.registry;

import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.core.projects.keys.KeyStore;
import dev.tidemark.core.projects.keys.NewKey;
import dev.tidemark.core.projects.nodes.AccessVersionStore;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code project}. */
public final class ProjectStore {

    private static final String LIVE = """
            select id, slug, created_at
            from project
            where deleted_at is null
            """;

    private final Database database;
    private final AuditStore audit;

    public ProjectStore(Database database, AuditStore audit) {
        this.database = database;
        this.audit = audit;
    }

    /** A committed change, and the access version that it made. */
    record Changed(Registered project, long version) {}

    /** The project, its schema and its first keys, in one transaction. */
    Changed create(Caller caller, String slug, List<NewKey> keys) {
        return database.transaction(connection -> {
            var created = insert(connection, slug);
            SchemaStore.create(connection, slug);
            for (var key : keys) {
                KeyStore.insert(connection, Optional.of(created.project()), key);
            }
            audit.note(connection, caller, Optional.of(created.project()), "createProject", slug);
            return new Changed(created, AccessVersionStore.raise(connection));
        });
    }

    List<Registered> all() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(LIVE + "order by slug")) {
                return list(statement.executeQuery());
            }
        });
    }

    Optional<Registered> find(String slug) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(LIVE + "and slug = ?")) {
                statement.setString(1, slug);
                return list(statement.executeQuery()).stream().findFirst();
            }
        });
    }

    /** Marks it: from now on it is gone for everyone but who drops its schema. Marks it again if it is marked already. */
    public Optional<Changed> markDeleted(Caller caller, String slug) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update project
                    set deleted_at = coalesce(deleted_at, now())
                    where slug = ?
                    returning id, slug, created_at
                    """)) {
                statement.setString(1, slug);
                var marked = list(statement.executeQuery()).stream().findFirst();
                if (marked.isEmpty()) {
                    return Optional.empty();
                }
                audit.note(connection, caller, Optional.of(marked.get().project()), "deleteProject", slug);
                return Optional.of(new Changed(marked.get(), AccessVersionStore.raise(connection)));
            }
        });
    }

    /** Those whose schemas are still to be dropped. */
    List<Project> deleted() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select id, slug, created_at
                    from project
                    where deleted_at is not null
                    order by id
                    """)) {
                return list(statement.executeQuery()).stream()
                        .map(Registered::project)
                        .toList();
            }
        });
    }

    private static Registered insert(Connection connection, String slug) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into project (slug)
                values (?)
                on conflict do nothing
                returning id, slug, created_at
                """)) {
            statement.setString(1, slug);
            return list(statement.executeQuery()).stream()
                    .findFirst()
                    .orElseThrow(() -> new CallerException(
                            ErrorCode.CONFLICT,
                            "There is a project " + slug
                                    + " already, or the last one of that name is still being deleted.",
                            "slug"));
        }
    }

    private static List<Registered> list(ResultSet rows) throws SQLException {
        try (rows) {
            List<Registered> projects = new ArrayList<>();
            while (rows.next()) {
                projects.add(new Registered(
                        new Project(rows.getInt("id"), rows.getString("slug")),
                        rows.getObject("created_at", OffsetDateTime.class).toInstant()));
            }
            return projects;
        }
    }
}
