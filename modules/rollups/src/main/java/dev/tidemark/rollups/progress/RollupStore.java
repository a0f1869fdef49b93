package dev.tidemark.rollups.progress;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlName;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rollups as a whole, with their tables. */
public record RollupStore(
        Statements statements, DefinitionStore definitions, ProgressStore progress, StaleStore stale) {

    /** The ids of the projects that have had a rollup. */
    List<Integer> projects(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select project_id from tidemark.rollup_project");
                var rows = statement.executeQuery()) {
            List<Integer> projects = new ArrayList<>();
            while (rows.next()) {
                projects.add(rows.getInt(1));
            }
            return projects;
        }
    }

    /** Makes a rollup and its table; false: there is one of that name. */
    public boolean create(Connection connection, Project project, Rollup rollup, Instant now) throws SQLException {
        if (!definitions.add(connection, rollup, now)) {
            return false;
        }
        var table = new RollupTable(rollup);
        execute(connection, table.create());
        if (!rollup.dimensions().isEmpty()) {
            execute(connection, table.index());
        }
        if (rollup.cascade().isPresent()) {
            var _ = progress.lock(connection, rollup);
            stale.noteAll(connection, rollup);
        }
        try (var statement = connection.prepareStatement("""
                insert into tidemark.rollup_project (project_id)
                values (?)
                on conflict do nothing
                """)) {
            statement.setInt(1, project.id());
            statement.executeUpdate();
        }
        return true;
    }

    /** Deletes a rollup, of which no other is made, with its rows; false: there was none. */
    public boolean drop(Connection connection, Rollup rollup) throws SQLException {
        if (progress.lock(connection, rollup).isEmpty()) {
            return false;
        }
        for (var table : List.of("_rollup_stale", "_rollup_backfill")) {
            delete(connection, table, "rollup", rollup);
        }
        delete(connection, "_rollup", "name", rollup);
        try (var statement = connection.createStatement()) {
            statement.execute("drop table " + SqlName.quoted(rollup.table()));
        }
        return true;
    }

    private static void delete(Connection connection, String table, String column, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("delete from " + table + " where " + column + " = ?")) {
            statement.setString(1, rollup.name());
            statement.executeUpdate();
        }
    }

    private void execute(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = statements.prepare(connection, sql)) {
            statement.execute();
        }
    }
}
