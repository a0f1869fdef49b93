package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.postgres.LockClass;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what describes a project's collections, tables {@code _collection} and {@code _property}, at one version. */
public final class CatalogStore {

    /** A row has few hundred bytes, but for what was declared, of which a project has little ({@link CatalogSize}). */
    private static final int FETCHED = 1_000;

    /** Finds the version of a project's catalogue by the project's id; nothing, when it is deleted. */
    public static final String VERSION = """
            select catalog_version
            from tidemark.project
            where id = ? and deleted_at is null
            """;

    /**
     * Takes the lock under which alone the catalogue is changed.
     *
     * @param patience how long the transaction waits for any other lock from here on
     */
    public void lock(Connection connection, Project project, Duration patience) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LockClass.CATALOG.number());
            statement.setInt(2, project.id());
            statement.execute();
        }
        try (var statement = connection.prepareStatement("select set_config('lock_timeout', ?, true)")) {
            statement.setString(1, Long.toString(patience.toMillis()));
            statement.execute();
        }
    }

    /** The version is read before what it describes, which therefore is never older than it says. */
    public Catalog read(Connection connection, Project project) throws SQLException {
        var version = version(connection, project);
        return new Catalog(version, collections(connection, Optional.empty()));
    }

    /** One that is there. */
    public Columns find(Connection connection, String table) throws SQLException {
        return collections(connection, Optional.of(table)).getFirst();
    }

    /** @param table the name of the only one to read */
    private static List<Columns> collections(Connection connection, Optional<String> table) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    c.id,
                    c.name,
                    c.label,
                    c.graphql_name,
                    case when p.ordinal is not distinct from min(p.ordinal) over (partition by c.id)
                        then c.description
                    end as description,
                    c.strict,
                    c.partitions,
                    c.keep_seconds,
                    c.of_module,
                    p.column_name,
                    p.label as property_label,
                    p.graphql_name as property_graphql_name,
                    p.type,
                    p.declared,
                    p.description as property_description,
                    p.deprecation,
                    p.required,
                    p.allowed,
                    p.index_name
                from _collection c
                left join _property p on p.collection_id = c.id
                where c.name = coalesce(?, c.name)
                order by c.id, p.ordinal
                """)) {
            statement.setString(1, table.orElse(null));
            statement.setFetchSize(FETCHED);
            return collections(statement);
        }
    }

    private static List<Columns> collections(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var collections = new LinkedHashMap<Integer, Described>();
            var properties = new LinkedHashMap<Integer, List<Property>>();
            while (rows.next()) {
                var id = rows.getInt("id");
                if (!collections.containsKey(id)) {
                    collections.put(id, Described.of(rows));
                    properties.put(id, new ArrayList<>());
                }
                if (rows.getString("column_name") != null) {
                    properties.getOrDefault(id, List.of()).add(Described.property(rows));
                }
            }
            return collections.entrySet().stream()
                    .map(entry -> columns(
                            entry.getKey(), entry.getValue(), properties.getOrDefault(entry.getKey(), List.of())))
                    .toList();
        }
    }

    public long version(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement(VERSION)) {
            statement.setInt(1, project.id());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new CallerException(
                            ErrorCode.NOT_FOUND, "There is no project " + project.slug() + " any more.");
                }
                return rows.getLong(1);
            }
        }
    }

    /** How much the project may still grow, after what was made since then. */
    public Budget budget(Connection connection, CatalogLimits limits, Instant since) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    (select count(*) from _collection where created_at > ?),
                    (select count(*) from _property where created_at > ?)
                """)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, since.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Budget(
                        limits.newCollections() - rows.getInt(1), limits.newColumns() - rows.getInt(2), Set.of());
            }
        }
    }

    public void raiseVersion(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update tidemark.project
                set catalog_version = catalog_version + 1
                where id = ?
                """)) {
            statement.setInt(1, project.id());
            statement.executeUpdate();
        }
    }

    private static Columns columns(int id, Described described, List<Property> properties) {
        return new Columns(id, described.collection(properties), described.terms(), described.isOfModule());
    }
}
