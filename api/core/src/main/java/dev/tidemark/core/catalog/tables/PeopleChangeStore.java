package dev.tidemark.core.catalog.tables;

import java.sql.Connection;
import java.sql.SQLException;

/** Counts in {@code _people_change} what changes who is who, or what is known of people. */
public final class PeopleChangeStore {

    private PeopleChangeStore() {}

    /**
     * Whoever looks after the transaction has committed finds that there was a change. It takes a row that no other transaction has
     * locked, or a new one, so that none waits for another to commit.
     */
    public static void count(Connection transaction) throws SQLException {
        try (var statement = transaction.prepareStatement("""
                update _people_change
                set changes = changes + 1
                where slot = (
                    select slot
                    from _people_change
                    limit 1
                    for update skip locked
                )
                """)) {
            if (statement.executeUpdate() == 0) {
                insert(transaction);
            }
        }
    }

    private static void insert(Connection transaction) throws SQLException {
        try (var statement = transaction.prepareStatement("insert into _people_change (changes) values (1)")) {
            statement.executeUpdate();
        }
    }
}
