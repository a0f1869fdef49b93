package dev.tidemark.server.readme;

import dev.tidemark.core.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a database behind the server's back: through psql, or where that is not installed, by JDBC. */
record Sql(PostgresAddress database) {

    /** The rows, their columns joined by bars. */
    List<String> rows(String query) throws IOException, InterruptedException {
        try {
            return throughPsql(query);
        } catch (IOException e) {
            return throughJdbc(query);
        }
    }

    /** @throws IOException when there is no psql */
    private List<String> throughPsql(String query) throws IOException, InterruptedException {
        var address = database.url().substring("jdbc:".length());
        var builder = new ProcessBuilder("psql", "-wXAt", "-U", database.user(), "-d", address, "-c", query);
        builder.environment().put("PGPASSWORD", database.password());
        var process = builder.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
        return output.lines().toList();
    }

    private List<String> throughJdbc(String query) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> columns = new ArrayList<>();
                for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    columns.add(found.getString(column));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
