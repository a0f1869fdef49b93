package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** The tables of a project, as a connection of our own sees them. */
record Books(Connection connection) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** PostgreSQL's SQLSTATE. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** A database that recovers from a fault is awaited. */
    static Books open(PostgresAddress database, String project) throws SQLException {
        var connection = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(Books::isRecovering)
                .until(
                        () -> DriverManager.getConnection(database.url(), database.user(), database.password()),
                        Objects::nonNull);
        connection.setSchema(project);
        return new Books(connection);
    }

    private static boolean isRecovering(Throwable thrown) {
        return thrown instanceof SQLException refusal && CANNOT_CONNECT_NOW.equals(refusal.getSQLState());
    }

    /** Returns when PostgreSQL has ended this session, as it ends all when it loses one. */
    void awaitEnd() {
        await().atMost(PATIENCE).until(() -> !connection.isValid((int) PATIENCE.toSeconds()));
    }

    /** Holds the tables against the ledger. */
    Audit audit(Ledger ledger) throws SQLException {
        var acknowledged = ledger.acknowledged().toArray(Integer[]::new);
        try (var statement = connection.prepareStatement("""
                select
                    count(*) filter (where acknowledged and (events is null or different < ?)),
                    count(*) filter (where events > different),
                    count(*) filter (where different <> ?)
                from (select unnest(?) as batch, true as acknowledged) as sent
                full join (
                    select batch, count(*) as events, count(distinct n) as different
                    from %s
                    group by batch
                ) as stored using (batch)
                """.formatted(ledger.collection()))) {
            statement.setInt(1, Ledger.EVENTS);
            statement.setInt(2, Ledger.EVENTS);
            statement.setArray(3, connection.createArrayOf("bigint", acknowledged));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Audit(acknowledged.length, rows.getInt(1), rows.getInt(2), rows.getInt(3));
            }
        }
    }

    /** Positions are gapless, and each names as many events as are there in its range. */
    void requireCommitsToAgree(Ledger... ledgers) throws SQLException {
        assertThat(value("select count(*) - max(position) from _commit")).isEqualTo("0");
        for (var ledger : ledgers) {
            assertThat(value("""
                    select count(*) filter (where commit.events <> there.events) || ' of ' || count(*) || ' differ, '
                        || sum(there.events) - (select count(*) from %1$s) || ' belong to none'
                    from _commit as commit
                    cross join lateral (
                        select count(*) as events
                        from %1$s
                        where _id between commit.first_id and commit.last_id
                            and _time between commit.min_time and commit.max_time
                    ) as there
                    where commit.collection = '%1$s'
                    """.formatted(ledger.collection())))
                    .startsWith("0 of")
                    .endsWith(", 0 belong to none");
        }
    }

    void run(String... sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var each : Arrays.asList(sql)) {
                statement.execute(each);
            }
        }
    }

    String value(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Batches by what is wrong with them. */
    record Audit(int acknowledged, int lost, int doubled, int torn) {

        void requireNoFault() {
            assertThat(acknowledged).isPositive();
            assertThat(new int[] {lost, doubled, torn}).containsOnly(0);
        }
    }
}
