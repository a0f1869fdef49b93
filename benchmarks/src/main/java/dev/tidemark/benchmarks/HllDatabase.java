package dev.tidemark.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A throw-away server of the PostgreSQL that is installed on this machine, with the extension hll. */
record HllDatabase(Process process, String url) implements AutoCloseable {

    /** One that begins empty, but for the extension. */
    static HllDatabase start() throws Exception {
        var process = new ProcessBuilder("scripts/with-postgres", "sh", "-c", "echo '{url}'; exec cat")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var url =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (url == null) {
            throw new IOException("no PostgreSQL is installed");
        }
        var database = new HllDatabase(process, url);
        database.seconds("create extension hll");
        return database;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** How long a statement takes, and the CPU time of the process that runs it. */
    Figure seconds(String sql) throws SQLException {
        try (var connection = connect()) {
            return seconds(connection, sql);
        }
    }

    /** The same in a session that is there already. */
    static Figure seconds(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var before = CpuTime.of(connection);
            var start = System.nanoTime();
            statement.execute(sql);
            var seconds = (System.nanoTime() - start) / 1e9;
            return new Figure(seconds, CpuTime.of(connection).since(before));
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
