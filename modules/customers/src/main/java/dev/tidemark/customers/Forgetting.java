package dev.tidemark.customers;

import dev.tidemark.customers.identity.Facts;
import dev.tidemark.customers.userstable.ErasedStore;
import dev.tidemark.customers.userstable.UsersTables;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Forgets what is known of who is erased, and where a users table stands in, that it is not copied again. */
record Forgetting(Facts facts, UsersTables usersTables, ErasedStore erasures) implements ErasureListener {

    @Override
    public Map<String, Long> forgotten(Project project, String id, Connection transaction) throws SQLException {
        var forgotten = facts.forget(project, transaction, id);
        if (usersTables.of(project).isPresent()) {
            erasures.add(transaction, id);
        }
        return forgotten;
    }
}
