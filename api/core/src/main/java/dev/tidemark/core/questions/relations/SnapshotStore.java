package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.ValueSize;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction sees. Each way to the database and back wakes some threads, which takes as long as a quick statement. So it
 * begins with the first statement, and what is expected goes with the one that is asked before it.
 */
final class SnapshotStore implements AggregateSnapshot {

    /** Without a cursor: the statements limit their rows, and with one they could not run in parallel. */
    static final int ALL = 0;

    /** An event may have 256 KB, and some more as a row. */
    private static final long LARGEST_ROW = 280 << 10;

    static final int FETCHED = Math.clamp(AnswerMemory.largestResult() / LARGEST_ROW, 1, 50);

    private static final SqlFragment ISOLATION = sql("set transaction isolation level repeatable read, read only");

    private final Connection connection;
    private final Duration timeLimit;
    private Optional<Instant> begun = Optional.empty();
    private List<AskedStatement> expected = List.of();
    private Optional<SentStatements> sent = Optional.empty();

    /** @param connection amid a transaction that has done nothing yet */
    SnapshotStore(Connection connection, Duration timeLimit) {
        this.connection = connection;
        this.timeLimit = timeLimit;
    }

    @Override
    public Instant asOf() {
        if (begun.isEmpty()) {
            beginAlone();
        }
        return begun.orElseThrow();
    }

    @Override
    public Snapshot frequent() {
        return new Frequent(this);
    }

    @Override
    public void expect(Consumer<Snapshot> likely) {
        var statements = new ArrayList<AskedStatement>();
        likely.accept(new Foretold(statements, false));
        expected = statements;
    }

    @Override
    public List<List<@Nullable Object>> rows(SqlFragment sql) {
        return rows(sql, false);
    }

    @Override
    public void stream(SqlFragment sql, Consumer<List<@Nullable Object>> each) {
        read(new AskedStatement(sql, false, FETCHED), each);
    }

    private List<List<@Nullable Object>> rows(SqlFragment sql, boolean isFrequent) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        var memory = AnswerMemory.current();
        read(new AskedStatement(sql, isFrequent, ALL), row -> {
            memory.ifPresent(share -> share.take(ValueSize.of(row)));
            rows.add(row);
        });
        return rows;
    }

    private void read(AskedStatement asked, Consumer<List<@Nullable Object>> each) {
        try {
            known(asked).read(each);
        } catch (SQLException e) {
            throw QuestionStore.failure(e);
        }
    }

    private SentStatements known(AskedStatement asked) throws SQLException {
        var ahead = sent.filter(known -> known.isNext(asked));
        if (ahead.isPresent()) {
            return ahead.get();
        }
        if (sent.isPresent()) {
            sent.get().discard();
        }
        var all = new ArrayList<AskedStatement>();
        all.add(asked);
        all.addAll(expected);
        expected = List.of();
        var statements = new SentStatements(send(all), all);
        sent = Optional.of(statements);
        return statements;
    }

    /** What stands at the results of the first. */
    private PreparedStatement send(List<AskedStatement> asked) throws SQLException {
        var texts = new ArrayList<SqlFragment>();
        if (begun.isEmpty()) {
            texts.add(ISOLATION);
            texts.add(settings());
        }
        asked.forEach(each -> texts.add(each.sql()));
        var together = joined(";\n", texts);
        var statement = asked.stream().allMatch(AskedStatement::isFrequent)
                ? QuestionStore.prepareFrequent(connection, together)
                : QuestionStore.prepare(connection, together);
        try {
            statement.setFetchSize(
                    asked.stream().mapToInt(AskedStatement::fetched).max().orElse(ALL));
            statement.execute();
            if (begun.isEmpty()) {
                begin(statement);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /**
     * Joins are by hashing: of an expression, such as a person, PostgreSQL keeps statistics as if the sample were the table, and
     * sorts millions of people before it takes some values for so frequent.
     */
    private SqlFragment settings() {
        return sql(
                "select now(), set_config('statement_timeout', {}, true), set_config('enable_mergejoin', 'off', true)",
                SqlFragment.text(Long.toString(timeLimit.toMillis())));
    }

    private void begin(PreparedStatement statement) throws SQLException {
        statement.getMoreResults();
        try (var row = statement.getResultSet()) {
            row.next();
            begun = Optional.of(row.getObject(1, OffsetDateTime.class).toInstant());
        }
        statement.getMoreResults();
    }

    private void beginAlone() {
        try {
            send(List.of()).close();
        } catch (SQLException e) {
            throw QuestionStore.failure(e);
        }
    }

    private record Frequent(SnapshotStore snapshot) implements AggregateSnapshot {

        @Override
        public Instant asOf() {
            return snapshot.asOf();
        }

        @Override
        public Snapshot frequent() {
            return this;
        }

        @Override
        public void expect(Consumer<Snapshot> likely) {
            snapshot.expect(frequently -> likely.accept(frequently.frequent()));
        }

        @Override
        public List<List<@Nullable Object>> rows(SqlFragment sql) {
            return snapshot.rows(sql, true);
        }

        @Override
        public void stream(SqlFragment sql, Consumer<List<@Nullable Object>> each) {
            snapshot.read(new AskedStatement(sql, true, FETCHED), each);
        }
    }
}
