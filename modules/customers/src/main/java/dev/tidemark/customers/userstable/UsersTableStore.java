package dev.tidemark.customers.userstable;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.customers.identity.Customer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The operator's own table, over a connection for each reading. */
public final class UsersTableStore {

    private static final int AT_ONCE = 2_000;

    /** Of properties, in characters. */
    private static final long MOST_AT_ONCE = 4 << 20;

    /** In bytes, of properties: a customer is read whole. */
    private static final int MOST_OF_ONE = 1 << 20;

    /** What is fetched at once is held whole, so there are few rows where they may be large. */
    private static final int FEW = 8;

    private static final int MANY = 200;

    /** So much longer the driver waits than the database is allowed to take, so that the database's answer comes first. */
    private static final int GRACE_SECONDS = 5;

    /**
     * A row.
     *
     * @param properties as JSON; empty: it is too large to be anybody's
     * @param hash of that
     */
    record Row(String id, String properties, long hash) {}

    /**
     * Reads one state of the whole table. Its rows are brought into order before JSON is made of them, a few thousand at a time: with
     * {@code offset 0} PostgreSQL keeps it apart, so that the time limit is for the order of a large table and not for all of its JSON.
     *
     * @param each takes the next rows in the order of their ids, by the bytes of UTF-8, and says whether there shall be more; what it
     *     throws ends the reading
     * @return whether the reading came to the end
     * @throws CallerException {@code UNAVAILABLE} with what to do when it cannot be read
     */
    boolean read(UsersTable table, Predicate<List<Row>> each) {
        try (var connection = DriverManager.getConnection(table.url(), login(table))) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            limit(connection, table);
            try (var statement = connection.prepareStatement("""
                    select
                        left(id, %4$d),
                        case when octet_length(properties) <= %5$d then properties else '' end,
                        hashtextextended(properties, 0)
                    from (
                        select id, place, (%2$s - ?::text)::text as properties
                        from (
                            select known.%1$s::text as id, convert_to(known.%1$s::text, 'UTF8') as place, known
                            from %3$s as known
                            where known.%1$s is not null
                            order by place
                        ) as ordered
                        order by place
                        offset 0
                    ) as customer
                    order by place
                    """.formatted(
                    quoted(table.id()), properties(table), name(table), Customer.LONGEST_ID + 1, MOST_OF_ONE))) {
                statement.setString(1, table.properties().isEmpty() ? table.id() : "");
                statement.setFetchSize(FEW);
                try (var rows = statement.executeQuery()) {
                    return read(table, rows, each);
                }
            }
        } catch (SQLException e) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE, "The " + table + " cannot be read: " + remedy(table, e) + ".");
        }
    }

    private static boolean read(UsersTable table, ResultSet rows, Predicate<List<Row>> each) throws SQLException {
        List<Row> page = new ArrayList<>(AT_ONCE);
        var characters = 0L;
        var last = "";
        var left = FEW;
        var largest = 1;
        while (rows.next()) {
            var row = new Row(rows.getString(1), rows.getString(2), rows.getLong(3));
            requireOther(table, last, row.id());
            last = row.id();
            page.add(row);
            characters += row.properties().length();
            largest = Math.max(largest, row.properties().length());
            if (--left == 0) {
                left = Math.clamp(FEW * MOST_OF_ONE / largest, FEW, MANY);
                rows.setFetchSize(left);
                largest = 1;
            }
            if (page.size() == AT_ONCE || characters > MOST_AT_ONCE) {
                if (!each.test(page)) {
                    return false;
                }
                page = new ArrayList<>(AT_ONCE);
                characters = 0;
            }
        }
        return each.test(page);
    }

    private static void requireOther(UsersTable table, String last, String id) {
        if (id.equals(last) && Customer.isId(id)) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE,
                    "The " + table
                            + " has several rows of one id, so that nobody can tell which counts: make the column"
                            + " unique, or see " + table.setting("id") + ".");
        }
    }

    private static void limit(Connection connection, UsersTable table) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select set_config('statement_timeout', ?, true), set_config('timezone', 'UTC', true)")) {
            statement.setString(1, Long.toString(table.timeLimit().toMillis()));
            statement.execute();
        }
    }

    private static Properties login(UsersTable table) {
        var seconds = Math.toIntExact(table.timeLimit().plusMillis(999).toSeconds());
        var properties = new Properties();
        properties.setProperty("user", table.user());
        properties.setProperty("password", table.password());
        properties.setProperty("ApplicationName", "tidemark");
        properties.setProperty("connectTimeout", Integer.toString(seconds));
        properties.setProperty("loginTimeout", Integer.toString(seconds));
        properties.setProperty("socketTimeout", Integer.toString(seconds + GRACE_SECONDS));
        return properties;
    }

    private static String properties(UsersTable table) {
        return table.properties().isEmpty()
                ? "to_jsonb(known)"
                : table.properties().entrySet().stream()
                        .map(property -> "(known)." + quoted(property.getValue()) + " as " + quoted(property.getKey()))
                        .collect(Collectors.joining(", ", "(select to_jsonb(mapped) from (select ", ") as mapped)"));
    }

    private static String name(UsersTable table) {
        return Arrays.stream(table.table().split("\\.", 2)).map(SqlName::quoted).collect(Collectors.joining("."));
    }

    /** By appendix A of PostgreSQL's manual; its own words may tell more than whoever asks is to know. */
    private static String remedy(UsersTable table, SQLException failure) {
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "3D000" -> "there is no such database, see " + table.setting("url");
            case "42P01", "3F000" -> "there is no such table, see " + table.setting("table");
            case "42703" -> "it lacks a column, see " + table.setting("id") + " and " + table.setting("properties");
            case "42501" -> "the login may not read it, grant it select";
            case "57014" ->
                "it did not answer within " + table.timeLimit()
                        + ", see what holds it up or raise customers.time-limit";
            default ->
                state.startsWith("28")
                        ? "its database refuses the login, see " + table.setting("user")
                        : "its database cannot be reached or does not answer (" + state + "), see that it runs, and "
                                + table.setting("url");
        };
    }
}
