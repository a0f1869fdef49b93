package org.example.goals;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _goal} of each project: all SQL of the plugin. */
final class GoalsStore {

    private final Databases databases;

    GoalsStore(Databases databases) {
        this.databases = databases;
    }

    List<Goal> all(Project project) {
        return databases.of(project).transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                            select collection, name, reached, counted_at
                            from _goal
                            order by collection
                            """);
                    var rows = statement.executeQuery()) {
                List<Goal> goals = new ArrayList<>();
                while (rows.next()) {
                    goals.add(goal(rows));
                }
                return goals;
            }
        });
    }

    Goal set(Project project, String collection, String name) {
        return databases.of(project).transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    insert into _goal (collection, name)
                    values (?, ?)
                    on conflict (collection) do update
                    set name = excluded.name
                    returning collection, name, reached, counted_at
                    """)) {
                statement.setString(1, collection);
                statement.setString(2, name);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return goal(rows);
                }
            }
        });
    }

    static void counted(Database database, String collection, long reached) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update _goal
                    set reached = ?, counted_at = now()
                    where collection = ?
                    """)) {
                statement.setLong(1, reached);
                statement.setString(2, collection);
                return statement.executeUpdate();
            }
        });
    }

    private static Goal goal(ResultSet row) throws SQLException {
        var countedAt = Optional.ofNullable(row.getObject("counted_at", OffsetDateTime.class));
        return new Goal(
                row.getString("collection"),
                row.getString("name"),
                row.getLong("reached"),
                countedAt.map(OffsetDateTime::toInstant));
    }
}
