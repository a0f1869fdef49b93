package dev.tidemark.core.postgres;

import dev.tidemark.spi.Database;
import java.util.List;

/** Sends hints, and does not wait for the disk: nothing of them has to outlive the database. */
final class NotificationStore {

    /** A database that says nothing would hold the sender for ever. */
    private static final int ANSWER_MILLIS = 5_000;

    private final Database database;

    NotificationStore(Database database) {
        this.database = database;
    }

    void send(List<Hint> hints) {
        database.transaction(connection -> {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            try (var statement = connection.prepareStatement("""
                    select pg_notify(hint.channel, hint.payload)
                    from
                        set_config('synchronous_commit', 'off', true),
                        unnest(?, ?) as hint(channel, payload)
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
