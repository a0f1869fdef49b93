package dev.tidemark.imports;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL has of a project, asked without the engine. */
record Rows(PostgresAddress database, TestProject project) {

    long count(String sql) {
        return Long.parseLong(all(sql).getFirst());
    }

    /** The first column. */
    List<String> all(String sql) {
        try (var connection = project.connect(database)) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
