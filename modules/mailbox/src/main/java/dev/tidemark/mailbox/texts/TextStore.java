package dev.tidemark.mailbox.texts;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether projects keep the texts of messages, in table {@code tidemark.mailbox_unkept}, and the others' in {@code _user_mailbox_passing}. */
public final class TextStore {

    /** How long a text that is not kept is told. */
    private static final Duration PASSING = Duration.ofMinutes(1);

    public boolean areKept(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select not exists (select from tidemark.mailbox_unkept where project_id = ?)
                """)) {
            statement.setInt(1, project.id());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** From now on; what was kept before stays. */
    void keep(Connection connection, Project project, boolean areKept) throws SQLException {
        var sql = areKept
                ? "delete from tidemark.mailbox_unkept where project_id = ?"
                : "insert into tidemark.mailbox_unkept values (?) on conflict do nothing";
        try (var statement = connection.prepareStatement(sql);
                var rest = connection.createStatement()) {
            statement.setInt(1, project.id());
            statement.executeUpdate();
            if (areKept) {
                // no job looks after them any more
                rest.executeUpdate("delete from _user_mailbox_passing");
            }
        }
    }

    /** The ids of the projects that keep none. */
    Set<Integer> unkept(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select project_id from tidemark.mailbox_unkept");
                var rows = statement.executeQuery()) {
            Set<Integer> projects = new HashSet<>();
            while (rows.next()) {
                projects.add(rows.getInt(1));
            }
            return projects;
        }
    }

    /** @param numbers of the messages, in the order of their texts */
    public void pass(Connection connection, List<Long> numbers, List<String> texts) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_passing (id, text, ends_at)
                select id, text, statement_timestamp() + make_interval(secs => ?)
                from unnest(?, ?) as letter (id, text)
                """)) {
            statement.setLong(1, PASSING.toSeconds());
            ArrayParameter.set(statement, 2, "bigint", numbers);
            ArrayParameter.set(statement, 3, "text", texts);
            statement.executeUpdate();
        }
    }

    /** Before the messages are. */
    public void forget(Connection connection, String customer) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        delete from _user_mailbox_passing
                        where id in (select id from _user_mailbox where customer = ?)
                        """)) {
            statement.setString(1, customer);
            statement.executeUpdate();
        }
    }

    /** Deletes what is told no more. */
    int clear(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "delete from _user_mailbox_passing where ends_at <= statement_timestamp()")) {
            return statement.executeUpdate();
        }
    }
}
