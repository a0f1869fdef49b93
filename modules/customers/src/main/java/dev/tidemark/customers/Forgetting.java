package dev.tidemark.customers;

import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;

/** Forgets what is known of who is erased. */
record Forgetting(Identities identities) implements ErasureListener {

    @Override
    public void forgotten(Project project, String id, Connection transaction) throws SQLException {
        identities.forget(project, transaction, id);
    }
}
