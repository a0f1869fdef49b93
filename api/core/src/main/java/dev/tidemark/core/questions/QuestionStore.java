package dev.tidemark.core.questions;

import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Runs the statements of one question: they read one snapshot, cannot write, and end in time. */
final class QuestionStore {

    private static final String BEGIN = "set transaction isolation level repeatable read, read only";
    private static final String LIMIT = "select now(), set_config('statement_timeout', ?, true)";

    private QuestionStore() {}

    static <T> T read(Database database, Duration timeLimit, Function<Snapshot, T> work) {
        return database.transaction(connection -> work.apply(snapshot(connection, timeLimit)));
    }

    private static Snapshot snapshot(Connection connection, Duration timeLimit) throws SQLException {
        try (var begin = connection.createStatement();
                var limit = connection.prepareStatement(LIMIT)) {
            begin.execute(BEGIN);
            limit.setString(1, Long.toString(timeLimit.toMillis()));
            try (var results = limit.executeQuery()) {
                results.next();
                return new Snapshot(
                        connection, results.getObject(1, OffsetDateTime.class).toInstant());
            }
        }
    }

    /**
     * What can be read at one moment.
     *
     * @param asOf everything committed by then can be seen
     */
    record Snapshot(Connection connection, Instant asOf) {

        List<List<@Nullable Object>> rows(SqlFragment sql) {
            try (var statement = connection.prepareStatement(sql.text())) {
                // a plan of its own for these values: a cached one knows neither partitions nor frequencies;
                // and no fetch size: statements limit their rows, and a cursor could not run in parallel
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                for (int i = 0; i < sql.parameters().size(); i++) {
                    ValueStore.bind(statement, i + 1, sql.parameters().get(i));
                }
                try (var results = statement.executeQuery()) {
                    return rows(results);
                }
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        private static List<List<@Nullable Object>> rows(ResultSet results) throws SQLException {
            var columns = results.getMetaData();
            var rows = new ArrayList<List<@Nullable Object>>();
            while (results.next()) {
                var row = new ArrayList<@Nullable Object>(columns.getColumnCount());
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.add(ValueStore.read(results, i, columns.getColumnTypeName(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static RuntimeException failure(SQLException exception) {
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
