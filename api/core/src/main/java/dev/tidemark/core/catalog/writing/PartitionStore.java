package dev.tidemark.core.catalog.writing;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.core.catalog.partitions.PartitionWidth;
import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.catalog.partitions.Periods;
import dev.tidemark.core.catalog.snapshot.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partitions of collections, and table {@code _partition}, which tells their bounds. */
final class PartitionStore {

    Periods read(Connection connection, Columns collection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select name, starts_at, ends_at
                from _partition
                where collection_id = ?
                """)) {
            statement.setInt(1, collection.id());
            try (var rows = statement.executeQuery()) {
                var periods = new ArrayList<Period>();
                while (rows.next()) {
                    periods.add(period(rows));
                }
                return new Periods(periods);
            }
        }
    }

    /** Those of all collections that end later, by the collections' ids. */
    Map<Integer, Periods> after(Connection connection, Instant time) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select name, starts_at, ends_at, collection_id
                from _partition
                where ends_at > ?
                """)) {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                Map<Integer, Periods> later = new HashMap<>();
                while (rows.next()) {
                    var one = new Periods(List.of(period(rows)));
                    later.merge(rows.getInt(4), one, (many, added) -> many.with(added.all()));
                }
                return later;
            }
        }
    }

    /** What the collection's new partitions cover, as it is now: a snapshot of the catalogue may be older. */
    PartitionWidth width(Connection connection, Columns collection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select partitions
                from _collection
                where id = ?
                """)) {
            statement.setInt(1, collection.id());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return PartitionWidth.valueOf(rows.getString(1));
            }
        }
    }

    boolean isEmpty(Connection connection, Period partition) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select from %s limit 1".formatted(quoted(partition.name())))) {
            return !rows.next();
        }
    }

    /** Takes a partition out of its table and notes it in {@code _retired}, for whoever drops it. */
    void retire(Connection connection, Columns collection, Period partition) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("alter table %s detach partition %s"
                    .formatted(quoted(collection.name()), quoted(partition.name())));
        }
        try (var statement = connection.prepareStatement("""
                with gone as (
                    delete from _partition
                    where name = ?
                    returning name, ends_at
                )
                insert into _retired (name, collection, ends_at)
                select name, ?, ends_at
                from gone
                """)) {
            statement.setString(1, partition.name());
            statement.setString(2, collection.name());
            statement.executeUpdate();
        }
    }

    /** Makes a table and attaches it, which, unlike making it a partition at once, waits for no reader or writer. */
    Period add(Connection connection, Columns collection, Period period) throws SQLException {
        var name = "_p" + collection.id() + "_" + period.name();
        var table = quoted(collection.collection().name());
        try (var statement = connection.createStatement()) {
            statement.execute("create table %s (like %s)".formatted(quoted(name), table));
            statement.execute("""
                    alter table %s
                    attach partition %s for values from ('%s') to ('%s')
                    """.formatted(table, quoted(name), period.start(), period.end()));
        }
        try (var statement = connection.prepareStatement("""
                insert into _partition (collection_id, name, starts_at, ends_at)
                values (?, ?, ?, ?)
                """)) {
            statement.setInt(1, collection.id());
            statement.setString(2, name);
            statement.setObject(3, period.start().atOffset(ZoneOffset.UTC));
            statement.setObject(4, period.end().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        return new Period(name, period.start(), period.end());
    }

    private static Period period(ResultSet row) throws SQLException {
        return new Period(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }
}
