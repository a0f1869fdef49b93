package dev.tidemark.core.catalog.known;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Project;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The versions of the catalogues of all projects, as table {@code tidemark.project} has them. */
final class VersionStore {

    private final Database server;

    VersionStore(Database server) {
        this.server = server;
    }

    List<Version> of(Collection<Integer> projects) {
        if (projects.isEmpty()) {
            return List.of();
        }
        return server.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select id, slug, catalog_version
                    from project
                    where id = any (?) and deleted_at is null
                    """)) {
                statement.setArray(1, connection.createArrayOf("int", projects.toArray()));
                return read(statement);
            }
        });
    }

    List<Version> of(String slug) {
        return server.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select id, slug, catalog_version
                    from project
                    where slug = ? and deleted_at is null
                    """)) {
                statement.setString(1, slug);
                return read(statement);
            }
        });
    }

    private static List<Version> read(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var versions = new ArrayList<Version>();
            while (rows.next()) {
                versions.add(new Version(new Project(rows.getInt(1), rows.getString(2)), rows.getLong(3)));
            }
            return versions;
        }
    }

    record Version(Project project, long number) {}
}
