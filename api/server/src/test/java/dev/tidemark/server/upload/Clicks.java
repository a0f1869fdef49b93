package dev.tidemark.server.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.clickstream.Clickstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;

/** A generated file, and the same rows as PostgreSQL's own COPY reads them: what an import has to arrive at. */
record Clicks(Path file, int rows) {

    private static final String COLUMNS = "customer_id, event_type, country, browser, device_id, session_id";

    static Clicks generate(Path file, int rows) {
        var end = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        try (var csv = Files.newBufferedWriter(file)) {
            new Clickstream(rows, 10_000, Duration.ofDays(7), end, 42).write(csv);
            return new Clicks(file, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each row is there, and is there as often as in the file. */
    void assertImported(PostgresAddress database, String project) throws SQLException, IOException {
        try (var connection = connect(database, project)) {
            copy(connection);
            assertThat(count(connection, "select count(*) from click")).isEqualTo(rows);
            assertThat(count(connection, differences("click", "file"))).isZero();
            assertThat(count(connection, differences("file", "click"))).isZero();
        }
    }

    private void copy(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var csv = Files.newBufferedReader(file)) {
            statement.execute("""
                    create temporary table file
                        (_time timestamptz, customer_id bigint, event_type text, country text, browser text,
                         device_id bigint, session_id bigint)
                    """);
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy file from stdin (format csv, header)", csv);
        }
    }

    private static String differences(String one, String other) {
        var columns = "select _time, " + COLUMNS + " from ";
        return "select count(*) from (" + columns + one + " except all " + columns + other + ") difference";
    }

    static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static Connection connect(PostgresAddress database, String project) throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setSchema(project);
        return connection;
    }
}
