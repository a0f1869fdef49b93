package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.SqlName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _property_change}. */
public final class ChangeStore {

    /** Its id. */
    long request(Connection connection, String collection, String column, Optional<ColumnType> type, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _property_change (collection, column_name, type, requested_at)
                values (?, ?, ?, ?)
                returning id
                """)) {
            statement.setString(1, collection);
            statement.setString(2, column);
            statement.setString(3, type.map(ColumnType::name).orElse(null));
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Asks for what {@code _extra} holds of a property to be brought into its column, as after a change of its type. */
    void fetch(Connection connection, String collection, Property property, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _property_change (collection, column_name, type, requested_at, total, done, swapped_at)
                select ?, ?, ?, ?, coalesce(sum(events), 0), coalesce(sum(events), 0), coalesce(max(position), 0)
                from _commit
                where collection = ?
                """)) {
            statement.setString(1, collection);
            statement.setString(2, property.column());
            statement.setString(3, property.type().name());
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            statement.setString(5, collection);
            statement.executeUpdate();
        }
    }

    boolean isOpen(Connection connection, String collection, String column) throws SQLException {
        return open(connection).stream()
                .anyMatch(change -> change.collection().equals(collection)
                        && change.column().equals(column));
    }

    /** Those that are not finished, the oldest first. */
    List<PropertyChange> open(Connection connection) throws SQLException {
        return read(connection, "where finished_at is null order by id limit ?", Integer.MAX_VALUE);
    }

    /** The latest first. */
    public List<PropertyChange> latest(Connection connection, int limit) throws SQLException {
        return read(connection, "order by id desc limit ?", limit);
    }

    PropertyChange find(Connection connection, long id) throws SQLException {
        return read(connection, "where id = ?", id).getFirst();
    }

    /** Notes how far the events of the collection were looked at. */
    void advance(Connection connection, long id, long position, long events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property_change
                set position = ?, done = done + ?, problem = null
                where id = ?
                """)) {
            statement.setLong(1, position);
            statement.setLong(2, events);
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    /**
     * Notes that the new type does not hold some values.
     *
     * @param event whose value may be shown, as JSON; it is locked, unless somebody has erased it
     */
    void unconverted(Connection connection, PropertyChange change, int values, long event, String value)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                with shown as (
                    select _id, ? as value
                    from %s
                    where _id = ?
                )
                update _property_change
                set
                    unconverted = unconverted + ?,
                    sample = coalesce(sample, (select value from shown)),
                    sample_of = case when sample is null then (select _id from shown) else sample_of end
                where id = ?
                """.formatted(SqlName.quoted(change.collection())))) {
            statement.setString(1, value);
            statement.setLong(2, event);
            statement.setInt(3, values);
            statement.setLong(4, change.id());
            statement.executeUpdate();
        }
    }

    /** Values of these events are shown no more. */
    public void forgetSamples(Connection connection, Array events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property_change
                set sample = null, sample_of = null
                where sample_of = any (?)
                """)) {
            statement.setArray(1, events);
            statement.executeUpdate();
        }
    }

    /** Notes that the column has its new type, and that all events up to the position are to be looked at once more. */
    void swapped(Connection connection, PropertyChange change) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property_change
                set swapped_at = position, position = 0, total = done
                where id = ?
                """)) {
            statement.setLong(1, change.id());
            statement.executeUpdate();
        }
    }

    /** Notes why it has to wait. */
    void wait(Connection connection, PropertyChange change, String problem) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property_change
                set problem = ?
                where id = ?
                """)) {
            statement.setString(1, problem);
            statement.setLong(2, change.id());
            statement.executeUpdate();
        }
    }

    /** @param problem why it has failed; empty: it has not */
    void finish(Connection connection, PropertyChange change, Optional<String> problem, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property_change
                set finished_at = ?, problem = ?
                where id = ?
                """)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setString(2, problem.orElse(null));
            statement.setLong(3, change.id());
            statement.executeUpdate();
        }
    }

    /** Gives a property its index, or none. */
    void setIndex(Connection connection, Named named, Optional<String> index) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property
                set index_name = ?
                where collection_id = ? and column_name = ?
                """)) {
            statement.setObject(1, index.orElse(null), Types.VARCHAR);
            statement.setInt(2, named.columns().id());
            statement.setString(3, named.property().column());
            statement.executeUpdate();
        }
    }

    /** The name of the property's index. */
    String index(Connection connection, Named named) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select index_name
                from _property
                where collection_id = ? and column_name = ?
                """)) {
            statement.setInt(1, named.columns().id());
            statement.setString(2, named.property().column());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static List<PropertyChange> read(Connection connection, String which, long parameter) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    id,
                    collection,
                    column_name,
                    type,
                    requested_at,
                    total,
                    done,
                    position,
                    swapped_at,
                    unconverted,
                    sample,
                    problem,
                    finished_at
                from _property_change
                """ + which)) {
            statement.setLong(1, parameter);
            List<PropertyChange> changes = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(change(rows));
                }
            }
            return changes;
        }
    }

    private static PropertyChange change(ResultSet row) throws SQLException {
        return new PropertyChange(
                row.getLong("id"),
                row.getString("collection"),
                row.getString("column_name"),
                Optional.ofNullable(row.getString("type")).map(ColumnType::valueOf),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("position"),
                row.getObject("swapped_at", Long.class),
                row.getLong("unconverted"),
                Optional.ofNullable(row.getString("sample")),
                Optional.ofNullable(row.getString("problem")),
                Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
