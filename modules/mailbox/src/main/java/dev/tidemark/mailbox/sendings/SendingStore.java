package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sendings of a project in table {@code _user_mailbox_sending}, and which of all projects go on, in {@code tidemark.mailbox_sending}. */
public final class SendingStore {

    private final LateStore late;

    public SendingStore(LateStore late) {
        this.late = late;
    }

    /** Empty: there is one with its key. */
    Optional<Sending> begin(Connection connection, Project project, SendingWish wish, long total, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_sending (template, thread, condition, behaviours, key, dry_run, state, started_at, total)
                values (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?)
                on conflict do nothing
                returning *
                """)) {
            statement.setString(1, wish.template());
            statement.setString(2, wish.thread());
            statement.setString(3, wish.choice().condition().orElse(null));
            statement.setString(4, wish.choice().behaviours().orElse(null));
            statement.setString(5, wish.key().orElse(null));
            statement.setBoolean(6, wish.dryRun());
            statement.setObject(7, now.atOffset(ZoneOffset.UTC));
            statement.setLong(8, total);
            var begun = sendings(statement).stream().findFirst();
            if (begun.isPresent()) {
                note(connection, project, begun.get());
            }
            return begun;
        }
    }

    Optional<Sending> find(Connection connection, SendingId id) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _user_mailbox_sending
                where id = ?
                """)) {
            statement.setLong(1, id.number());
            return sendings(statement).stream().findFirst();
        }
    }

    Optional<Sending> find(Connection connection, String key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _user_mailbox_sending
                where key = ?
                """)) {
            statement.setString(1, key);
            return sendings(statement).stream().findFirst();
        }
    }

    /** The latest first, of those before a number. */
    List<Sending> page(Connection connection, long before, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _user_mailbox_sending
                where id < ?
                order by id desc
                limit ?
                """)) {
            statement.setLong(1, before);
            statement.setInt(2, limit);
            return sendings(statement);
        }
    }

    /** Those that go on, by the ids of their projects. */
    Map<Integer, List<SendingId>> running(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select project_id, sending
                        from tidemark.mailbox_sending
                        order by project_id, sending
                        """);
                var rows = statement.executeQuery()) {
            Map<Integer, List<SendingId>> running = new HashMap<>();
            while (rows.next()) {
                running.computeIfAbsent(rows.getInt(1), project -> new ArrayList<>())
                        .add(new SendingId(rows.getLong(2)));
            }
            return running;
        }
    }

    /**
     * Notes a step; false: it goes on no more, or somebody else took a step meanwhile, so the transaction must not commit.
     *
     * @param sending as it was before the step
     */
    boolean step(Connection connection, Sending sending, Sending.Step step) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _user_mailbox_sending
                set last_customer = ?,
                    sent = sent + ?,
                    skipped = skipped + ?,
                    example = coalesce(example, ?),
                    example_of = coalesce(example_of, ?),
                    problem = coalesce(problem, ?),
                    problem_of = coalesce(problem_of, ?)
                where id = ? and state = 'RUNNING' and last_customer = ? and erasures = ?
                """)) {
            statement.setString(1, step.lastCustomer());
            statement.setInt(2, step.sent());
            statement.setInt(3, step.skipped().size());
            statement.setString(4, step.example().map(Sending.Said::text).orElse(null));
            statement.setString(5, step.example().map(Sending.Said::customer).orElse(null));
            statement.setString(6, step.problem().map(Sending.Said::text).orElse(null));
            statement.setString(7, step.problem().map(Sending.Said::customer).orElse(null));
            statement.setLong(8, sending.id().number());
            statement.setString(9, sending.lastCustomer());
            statement.setLong(10, sending.erasures());
            return statement.executeUpdate() == 1;
        }
    }

    /** So many who were skipped have had another turn. */
    void unskip(Connection connection, SendingId id, int count) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _user_mailbox_sending
                set skipped = skipped - ?
                where id = ?
                """)) {
            statement.setInt(1, count);
            statement.setLong(2, id.number());
            statement.executeUpdate();
        }
    }

    /** Ends a sending; false: it has ended, or there is none. */
    boolean end(
            Connection connection,
            Project project,
            SendingId id,
            Sending.State state,
            Optional<String> problem,
            Instant now)
            throws SQLException {
        try (var ended = connection.prepareStatement("""
                        update _user_mailbox_sending
                        set state = ?, ended_at = ?, problem = coalesce(?, problem), last_customer = ''
                        where id = ? and state = 'RUNNING'
                        """);
                var deleted = connection.prepareStatement("""
                        delete from tidemark.mailbox_sending
                        where project_id = ? and sending = ?
                        """)) {
            ended.setString(1, state.name());
            ended.setObject(2, now.atOffset(ZoneOffset.UTC));
            ended.setString(3, problem.orElse(null));
            ended.setLong(4, id.number());
            deleted.setInt(1, project.id());
            deleted.setLong(2, id.number());
            deleted.executeUpdate();
            late.end(connection, id);
            return ended.executeUpdate() == 1;
        }
    }

    /** Nobody takes a step until the transaction ends. */
    public void hold(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                from _user_mailbox_sending
                where state = 'RUNNING'
                order by id
                for update
                """)) {
            statement.execute();
        }
    }

    /** Forgets what sendings say about a customer; that there was a message to them stays counted. Steps under way are not taken. */
    public void forget(Connection connection, String customer) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _user_mailbox_sending
                set example = case when example_of = ? then null else example end,
                    example_of = nullif(example_of, ?),
                    problem = case when problem_of = ? then null else problem end,
                    problem_of = nullif(problem_of, ?),
                    erasures = erasures + 1
                where state = 'RUNNING' or ? in (example_of, problem_of)
                """)) {
            for (int place = 1; place <= 5; place++) {
                statement.setString(place, customer);
            }
            statement.executeUpdate();
        }
    }

    private static void note(Connection connection, Project project, Sending sending) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into tidemark.mailbox_sending (project_id, sending)
                values (?, ?)
                """)) {
            statement.setInt(1, project.id());
            statement.setLong(2, sending.id().number());
            statement.executeUpdate();
        }
    }

    private static List<Sending> sendings(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            List<Sending> sendings = new ArrayList<>();
            while (rows.next()) {
                sendings.add(sending(rows));
            }
            return sendings;
        }
    }

    private static Sending sending(ResultSet row) throws SQLException {
        return new Sending(
                new SendingId(row.getLong("id")),
                row.getString("template"),
                row.getString("thread"),
                new Choice(
                        Optional.ofNullable(row.getString("condition")),
                        Optional.ofNullable(row.getString("behaviours"))),
                row.getBoolean("dry_run"),
                Sending.State.valueOf(row.getString("state")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getLong("total"),
                row.getString("last_customer"),
                row.getLong("sent"),
                row.getLong("skipped"),
                Optional.ofNullable(row.getString("example")),
                Optional.ofNullable(row.getString("problem")),
                row.getLong("erasures"));
    }
}
