package dev.tidemark.customers;

import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Forgets what is known of who is erased. */
record Forgetting(Identities identities) implements ErasureListener {

    @Override
    public Map<String, Long> forgotten(Project project, String id, Connection transaction) throws SQLException {
        return identities.forget(project, transaction, id);
    }
}
