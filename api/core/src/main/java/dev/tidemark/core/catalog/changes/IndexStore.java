package dev.tidemark.core.catalog.changes;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of collections on one property each. PostgreSQL cannot make one on a partitioned table without locking it, so it
 * is made of the table alone, then of each partition, and these are attached; partitions that are made from then on have it.
 */
final class IndexStore {

    /** Makes the index of the table alone, which is of no use until all partitions have theirs. */
    void create(Connection connection, Columns collection, Property property, String index) throws SQLException {
        execute(
                connection,
                "create index if not exists %s on only %s (%s)"
                        .formatted(quoted(index), quoted(collection.name()), quoted(property.column())));
    }

    /** The partitions whose part of the index is missing or was left unfinished. */
    List<Part> missing(Connection connection, Columns collection, String index) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with part as materialized (
                    select
                        pg_class.relname as name,
                        pg_index.indisvalid as valid
                    from pg_class
                    join pg_index on pg_index.indexrelid = pg_class.oid
                    where pg_class.relnamespace = current_schema()::regnamespace
                        and starts_with(pg_class.relname, ?)
                ),
                attached as materialized (
                    select pg_class.relname as name
                    from pg_inherits
                    join pg_index on pg_index.indexrelid = pg_inherits.inhrelid
                    join pg_class on pg_class.oid = pg_index.indrelid
                    where pg_inherits.inhparent = ?::regclass
                )
                select
                    partition.name,
                    part.name is not null as made,
                    coalesce(part.valid, false) as valid
                from _partition as partition
                left join part on part.name = ? || right(partition.name, -length(?))
                where partition.collection_id = ?
                    and partition.name not in (select name from attached)
                order by partition.starts_at desc
                """)) {
            statement.setString(1, index);
            statement.setString(2, quoted(index));
            statement.setString(3, index);
            statement.setString(4, "_p" + collection.id());
            statement.setInt(5, collection.id());
            List<Part> missing = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var name = rows.getString(1);
                    missing.add(new Part(
                            name,
                            index + name.substring(("_p" + collection.id()).length()),
                            rows.getBoolean(2),
                            rows.getBoolean(3)));
                }
            }
            return missing;
        }
    }

    void attach(Connection connection, String index, Part part) throws SQLException {
        execute(connection, "alter index %s attach partition %s".formatted(quoted(index), quoted(part.index())));
    }

    /** Drops the index of the table and, with it, its parts. */
    void drop(Connection connection, String index) throws SQLException {
        execute(connection, "drop index if exists " + quoted(index));
    }

    /** To be run outside of a transaction; it locks out neither readers nor writers. */
    static String creation(Part part, Property property) {
        return "create index concurrently %s on %s (%s)"
                .formatted(quoted(part.index()), quoted(part.partition()), quoted(property.column()));
    }

    /** To be run outside of a transaction. */
    static String removal(Part part) {
        return "drop index concurrently if exists " + quoted(part.index());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * The part of an index that one partition has or is to have.
     *
     * @param isMade whether there is one, finished or not
     * @param isValid whether it is finished
     */
    record Part(String partition, String index, boolean isMade, boolean isValid) {}
}
