package dev.tidemark.core.catalog.writing;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of collections. They have no triggers and no foreign keys, so that they can be distributed. */
public final class TableStore {

    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private final int rowsToWiden;

    /** @param rowsToWiden how many a table may have at most for its columns to be widened at once */
    public TableStore(int rowsToWiden) {
        this.rowsToWiden = rowsToWiden;
    }

    /** @param id names the table's indexes, which share one space of names with tables */
    public void create(Connection connection, int id, EventCollection collection) throws SQLException {
        var table = quoted(collection.name());
        execute(connection, """
                create table %s (
                    _id bigint not null,
                    _time timestamptz not null,
                    _received_at timestamptz not null,
                    _user text,
                    _anonymous text,
                    _message_id text,
                    _extra jsonb,
                    %sconstraint %s primary key (_id, _time)
                ) partition by range (_time)
                """.formatted(
                        table,
                        collection.properties().stream()
                                .map(property -> definition(property) + ",\n    ")
                                .collect(Collectors.joining()),
                        quoted("_c" + id + "_key")));
        execute(connection, "create index %s on %s using brin (_time)".formatted(quoted("_c" + id + "_time"), table));
        // each event is in one of these: whoever looks for a person's looks by user, and by visitor where there is none
        execute(
                connection,
                "create index %s on %s (_user, _time) where _user is not null"
                        .formatted(quoted("_c" + id + "_user"), table));
        execute(
                connection,
                "create index %s on %s (_anonymous, _time) where _user is null"
                        .formatted(quoted("_c" + id + "_visitor"), table));
        addPersonStatistics(connection, id, table);
    }

    /**
     * Of who is behind an event, as questions write it, so that the planner knows how many there are. Citus before 13.2.2 and
     * 14.0.1 knows statistics of columns only: there it guesses. The pool would close a connection that heard so.
     */
    private static void addPersonStatistics(Connection connection, int id, String table) throws SQLException {
        execute(connection, """
                do $do$
                begin
                    create statistics %s on (coalesce(_user, _anonymous)) from %s;
                exception when feature_not_supported then
                    null;
                end $do$
                """.formatted(quoted("_c" + id + "_person"), table));
    }

    public void addColumns(Connection connection, EventCollection collection, List<Property> properties)
            throws SQLException {
        execute(
                connection,
                properties.stream()
                        .map(property -> "add column " + definition(property))
                        .collect(Collectors.joining(",\n", "alter table " + quoted(collection.name()) + "\n", "")));
    }

    /** Gives a column of integers the property's type; false: its table is large, a value would be rounded, or a view is in the way. */
    public boolean widen(Connection connection, EventCollection collection, Property property) throws SQLException {
        var table = quoted(collection.name());
        var column = quoted(property.column());
        var isSmall = isTrue(connection, """
                select count(*) <= %d
                from (select from %s limit %d) rows
                """.formatted(rowsToWiden, table, rowsToWiden + 1));
        if (!isSmall) {
            return false;
        }
        // before the look at the values: whoever writes now commits first
        close(connection, collection.name());
        var isExact = isTrue(connection, """
                select not exists (select from %s where %s not between -%d and %d)
                """.formatted(table, column, EXACT_IN_DOUBLE, EXACT_IN_DOUBLE));
        if (!isExact || isViewed(connection, collection.name(), property)) {
            return false;
        }
        execute(
                connection,
                "alter table %s alter column %s type %s"
                        .formatted(table, column, property.type().sql()));
        return true;
    }

    /** Waits for whoever writes to the table or reads it, and keeps everyone away from it to the end of the transaction. */
    public static void close(Connection connection, String table) throws SQLException {
        execute(connection, "lock table %s in access exclusive mode".formatted(quoted(table)));
    }

    /** Whether a view that someone made holds on to the column. */
    public static boolean isViewed(Connection connection, String table, Property property) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                from pg_depend d
                join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where d.classid = 'pg_rewrite'::regclass and a.attrelid = ?::regclass and a.attname = ?
                """)) {
            statement.setString(1, quoted(table));
            statement.setString(2, property.column());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String definition(Property property) {
        return quoted(property.column()) + " " + property.type().sql();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
