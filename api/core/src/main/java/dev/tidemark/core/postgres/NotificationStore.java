package dev.tidemark.core.postgres;

import dev.tidemark.spi.Database;
import java.util.List;

/** Sends hints. */
final class NotificationStore {

    private final Database database;

    NotificationStore(Database database) {
        this.database = database;
    }

    void send(List<Hint> hints) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select pg_notify(hint.channel, hint.payload)
                    from unnest(?, ?) as hint(channel, payload)
                    """)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", hints.stream().map(Hint::channel).toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text", hints.stream().map(Hint::payload).toArray()));
                statement.execute();
                return hints.size();
            }
        });
    }

    record Hint(String channel, String payload) {}
}
