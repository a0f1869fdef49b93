package dev.tidemark.core.questions.relations;

import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.core.questions.sql.ValueStore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Explanation.Statement;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Runs the statements of one question: they read one snapshot, cannot write, and end in time. */
public final class QuestionStore {

    private static final String PLANNED_EACH_TIME = "set local plan_cache_mode = force_custom_plan";

    private static final int FETCHED_IN_BULK = 2_000;

    /** To the driver. */
    private static final int NAMED_AND_BINARY = -1;

    private static final AtomicLong CURSORS = new AtomicLong();

    private QuestionStore() {}

    public static <T> T read(Database database, Duration timeLimit, Function<Snapshot, T> work) {
        return database.transaction(connection -> work.apply(new SnapshotStore(connection, timeLimit)));
    }

    /** The statements of the work, planned and not run: to the work it looks as if they found nothing. */
    public static List<Statement> explain(Database database, Duration timeLimit, Function<Snapshot, ?> work) {
        return database.transaction(connection -> {
            var planned = new ArrayList<Statement>();
            var _ = work.apply(new Planning(new SnapshotStore(connection, timeLimit), planned));
            return planned;
        });
    }

    /** The statement with its parameters. */
    public static PreparedStatement prepare(Connection connection, SqlFragment sql) throws SQLException {
        var statement = prepareFrequent(connection, sql);
        // a plan of its own for these values: a cached one knows neither partitions nor frequencies
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        return statement;
    }

    /** The same, which the server keeps once it was run a few times. */
    static PreparedStatement prepareFrequent(Connection connection, SqlFragment sql) throws SQLException {
        return prepare(connection, sql.text(), sql.parameters());
    }

    private static PreparedStatement prepare(Connection connection, String text, List<Parameter> parameters)
            throws SQLException {
        var statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < parameters.size(); i++) {
                ValueStore.bind(statement, i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /**
     * The statement with its parameters, to be read by a cursor. It is one of its own: of one that it knows from another schema, the
     * driver would not ask for the types again, and have all values come as text.
     */
    public static PreparedStatement prepareCursor(Connection connection, SqlFragment sql) throws SQLException {
        try (var plan = connection.createStatement()) {
            plan.execute(PLANNED_EACH_TIME);
        }
        var statement = prepare(connection, sql.text() + "\n-- " + CURSORS.incrementAndGet(), sql.parameters());
        statement.unwrap(PGStatement.class).setPrepareThreshold(NAMED_AND_BINARY);
        statement.setFetchSize(FETCHED_IN_BULK);
        return statement;
    }

    private record Planning(SnapshotStore snapshot, List<Statement> planned) implements AggregateSnapshot {

        @Override
        public Instant asOf() {
            return snapshot.asOf();
        }

        @Override
        public List<List<@Nullable Object>> rows(SqlFragment sql) {
            var lines = snapshot.rows(SqlFragment.sql("explain {}", sql));
            planned.add(new Statement(
                    sql.text(),
                    sql.parameters().stream().map(Parameter::value).toList(),
                    lines.stream().map(line -> String.valueOf(line.getFirst())).collect(Collectors.joining("\n"))));
            return List.of();
        }

        @Override
        public Snapshot frequent() {
            return this;
        }

        @Override
        public void expect(Consumer<Snapshot> likely) {
            // each statement is planned when it is asked
        }

        @Override
        public void stream(SqlFragment sql, Consumer<List<@Nullable Object>> each) {
            rows(sql).forEach(each);
        }
    }

    static RuntimeException failure(SQLException exception) {
        var state = exception.getSQLState() == null ? "" : exception.getSQLState();
        if (SqlState.isCancelled(state)) {
            return new CallerException(
                    ErrorCode.QUERY_TIMEOUT,
                    "The question takes longer than the operator allows: ask about less time or fewer groups.");
        }
        return switch (state) {
            case "22023" ->
                refused(ErrorCode.BAD_USER_INPUT, "The database does not know this time zone: use another name of it.");
            case "22003", "22008" ->
                refused(
                        ErrorCode.BAD_USER_INPUT,
                        "A result goes beyond the range of its type: ask about fewer or smaller values.");
            case "54001", "54011", "54023" ->
                refused(
                        ErrorCode.QUERY_TOO_COMPLEX,
                        "The question is too large for the database: ask for fewer things at once.");
            default -> SqlState.asException(exception);
        };
    }

    private static CallerException refused(ErrorCode code, String message) {
        return new CallerException(code, message);
    }
}
