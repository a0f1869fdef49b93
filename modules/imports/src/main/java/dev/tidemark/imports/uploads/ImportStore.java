package dev.tidemark.imports.uploads;

import dev.tidemark.imports.requests.Destination;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _import} of one project. */
public final class ImportStore {

    private final Database database;

    public ImportStore(Database database) {
        this.database = database;
    }

    public Optional<Import> find(String id) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select *
                    from _import
                    where id = ?
                    """)) {
                statement.setString(1, id);
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(read(rows)) : Optional.empty();
                }
            }
        });
    }

    /** The latest import of a file of that name, but one that did not reach its end before all others. */
    public Optional<Import> latest(Destination destination, String file) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select *
                    from _import
                    where collection = ? and file = ?
                    order by is_finished, updated_at desc
                    limit 1
                    """)) {
                statement.setString(1, text(destination.collection()));
                statement.setString(2, file);
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(read(rows)) : Optional.empty();
                }
            }
        });
    }

    public List<Import> latest(int first) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select *
                    from _import
                    order by started_at desc, id
                    limit ?
                    """)) {
                statement.setInt(1, first);
                List<Import> latest = new ArrayList<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        latest.add(read(rows));
                    }
                }
                return latest;
            }
        });
    }

    /** Whether the import advanced: not when it is no more as {@code from} has it. */
    static boolean advance(Connection connection, Import from, Import to) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _import as import
                    (id, collection, file, options, rows, stored, warned, duplicates, refused, checksum, is_finished,
                     started_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                set rows = excluded.rows,
                    stored = excluded.stored,
                    warned = excluded.warned,
                    duplicates = excluded.duplicates,
                    refused = excluded.refused,
                    checksum = excluded.checksum,
                    is_finished = excluded.is_finished,
                    updated_at = excluded.updated_at
                where import.rows = ?
                """)) {
            statement.setString(1, to.id());
            statement.setString(2, text(to.collection()));
            statement.setString(3, to.file());
            statement.setString(4, to.options());
            statement.setLong(5, to.rows());
            statement.setLong(6, to.stored());
            statement.setLong(7, to.warned());
            statement.setLong(8, to.duplicates());
            statement.setLong(9, to.refused());
            statement.setLong(10, to.checksum());
            statement.setBoolean(11, to.isFinished());
            statement.setObject(12, at(to.startedAt()));
            statement.setObject(13, at(to.updatedAt()));
            statement.setLong(14, from.rows());
            return statement.executeUpdate() == 1;
        }
    }

    boolean advance(Import from, Import to) {
        return database.transaction(connection -> advance(connection, from, to));
    }

    /** Makes the planner know what a bulk import changed, the partitions included. */
    void analyze(String table) {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("analyze " + SqlName.quoted(table));
            }
        });
    }

    private static String text(Optional<String> collection) {
        return collection.orElse("");
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Import read(ResultSet row) throws SQLException {
        return new Import(
                row.getString("id"),
                Optional.of(row.getString("collection")).filter(name -> !name.isEmpty()),
                row.getString("file"),
                row.getString("options"),
                row.getLong("rows"),
                row.getLong("stored"),
                row.getLong("warned"),
                row.getLong("duplicates"),
                row.getLong("refused"),
                row.getLong("checksum"),
                row.getBoolean("is_finished"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
