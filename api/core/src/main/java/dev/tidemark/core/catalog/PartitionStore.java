package dev.tidemark.core.catalog;

import static dev.tidemark.spi.SqlName.quoted;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;

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
                    periods.add(new Period(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getObject(3, OffsetDateTime.class).toInstant()));
                }
                return new Periods(periods);
            }
        }
    }

    /** Makes a table and attaches it, which, unlike making it a partition at once, waits for no reader or writer. */
    void add(Connection connection, Columns collection, Period period) throws SQLException {
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
    }
}
