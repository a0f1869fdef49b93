package dev.tidemark.rollups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.core.postgres.PostgresAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A throw-away server of the PostgreSQL that is installed on this machine, which may have extensions that ours has not. */
record InstalledPostgres(Process process, PostgresAddress address) implements AutoCloseable {

    /** Skips the test where there is none. */
    static InstalledPostgres start() {
        try {
            var process = new ProcessBuilder("../../scripts/with-postgres", "sh", "-c", "echo '{url}'; exec cat")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var url = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
            assumeTrue(url != null, "No PostgreSQL server is installed on this machine.");
            return new InstalledPostgres(process, new PostgresAddress(url, "postgres", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    /** The script stops the server when there is nothing more to read. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
