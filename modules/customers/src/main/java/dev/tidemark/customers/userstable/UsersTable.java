package dev.tidemark.customers.userstable;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table of the operator's own, in a PostgreSQL database of theirs, with what is known of the customers of one project.
 *
 * @param project its slug
 * @param url of JDBC
 * @param table may begin with its schema
 * @param id the column that has the ids which events have
 * @param properties columns by the names of properties; empty: all columns but {@code id}, by their names
 * @param timeLimit for the connection, and for each answer
 */
public record UsersTable(
        String project,
        String url,
        String user,
        String password,
        String table,
        String id,
        Map<String, String> properties,
        Duration timeLimit) {

    private static final String DRIVER = "jdbc:postgresql:";

    public UsersTable {
        properties = Map.copyOf(properties);
    }

    /** @throws CallerException when the operator's settings of it are not complete */
    static UsersTable of(ModuleContext context, String project, Duration timeLimit) {
        var table = new UsersTable(
                project,
                context.setting(
                        project + ".url", "", "The users table's database, such as jdbc:postgresql://host:5432/name."),
                context.setting(project + ".user", "", "The login of that database, which may read the table."),
                context.setting(project + ".password", "", "The login's password."),
                context.setting(project + ".table", "", "The users table, such as public.accounts."),
                context.setting(project + ".id", "id", "Its column with the ids that events have."),
                properties(
                        project,
                        context.setting(
                                project + ".properties",
                                "",
                                "Its columns that are properties, as in: plan, age: birth_age. Empty: all.")),
                timeLimit);
        require(table.url().startsWith(DRIVER), project, "url", "begins with " + DRIVER);
        require(!table.table().isBlank(), project, "table", "names the users table");
        require(!table.id().isBlank(), project, "id", "names a column of it");
        return table;
    }

    /** The key of one of its settings. */
    String setting(String name) {
        return key(project, name);
    }

    /** Without the password, which has no business in a log. */
    @Override
    public String toString() {
        return "users table " + table + " of project " + project;
    }

    /** From texts such as {@code plan, age: birth_age}. */
    private static Map<String, String> properties(String project, String text) {
        var properties = new LinkedHashMap<String, String>();
        names(text).forEach(pair -> {
            var end = pair.indexOf(':');
            var property = end < 0 ? pair : pair.substring(0, end).strip();
            var column = end < 0 ? pair : pair.substring(end + 1).strip();
            require(!property.isEmpty() && !column.isEmpty(), project, "properties", "is like: plan, age: birth_age");
            require(properties.put(property, column) == null, project, "properties", "names each property once");
        });
        return properties;
    }

    /** What commas divide. */
    static Stream<String> names(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty());
    }

    private static void require(boolean isSo, String project, String name, String rule) {
        if (!isSo) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "Setting " + key(project, name) + " " + rule + ".");
        }
    }

    private static String key(String project, String name) {
        return "customers." + project + "." + name;
    }
}
