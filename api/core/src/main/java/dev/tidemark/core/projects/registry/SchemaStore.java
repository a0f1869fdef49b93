package dev.tidemark.core.projects.registry;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The PostgreSQL schemas of projects. */
public final class SchemaStore {

    private static final String DUPLICATE_SCHEMA = "42P06";

    /** Each table takes several locks, of which a transaction can have only so many. */
    private static final int TABLES_A_STEP = 25;

    private final Database database;

    public SchemaStore(Database database) {
        this.database = database;
    }

    /** Makes the schema; one that is there already is somebody else's and stays as it is. */
    static void create(Connection connection, String slug) throws SQLException {
        try (var statement = connection.createStatement()) {
            // on Citus the schema then lives on one worker; without it the setting means nothing
            statement.execute("set local citus.enable_schema_based_sharding to on");
            statement.execute("create schema " + SqlName.quoted(slug));
        } catch (SQLException e) {
            if (!DUPLICATE_SCHEMA.equals(e.getSQLState())) {
                throw e;
            }
            throw new CallerException(
                    ErrorCode.CONFLICT,
                    "The database has a schema " + slug + " that is no project's: choose another slug.",
                    "slug");
        }
    }

    /**
     * Drops some tables of a deleted project, and with the last ones the schema and all that is known of the project.
     *
     * <p>Whoever drops holds the project's row: nobody can make a new project of that name in between.
     *
     * @return whether something is left
     */
    public boolean dropSome(Project project) {
        return database.transaction(connection -> {
            if (!lockDeleted(connection, project)) {
                return false;
            }
            var tables = tables(connection, project);
            if (tables.isEmpty()) {
                dropSchema(connection, project);
                return false;
            }
            try (var statement = connection.createStatement()) {
                statement.execute("drop table " + String.join(", ", tables) + " cascade");
            }
            return true;
        });
    }

    private static boolean lockDeleted(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id
                from project
                where id = ?
                and deleted_at is not null
                for update
                """)) {
            statement.setInt(1, project.id());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Partitions before what they are partitions of. */
    private static List<String> tables(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select c.relname
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ?
                and c.relkind in ('r', 'p')
                order by c.relispartition desc, c.relkind desc, c.relname
                limit ?
                """)) {
            statement.setString(1, project.slug());
            statement.setInt(2, TABLES_A_STEP);
            List<String> tables = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(SqlName.quoted(project.slug()) + "." + SqlName.quoted(rows.getString(1)));
                }
            }
            return tables;
        }
    }

    private static void dropSchema(Connection connection, Project project) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + SqlName.quoted(project.slug()) + " cascade");
        }
        for (var sql : List.of("delete from migration where project = ?", "delete from project where id = ?")) {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setInt(1, project.id());
                statement.executeUpdate();
            }
        }
    }
}
