package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Notes which buckets have lost events by an erasure. */
public record StaleRollups(DefinitionStore definitions, StaleStore stale, ActiveProjects active)
        implements ErasureListener {

    @Override
    public void erased(Project project, String collection, List<Instant> times, Connection transaction)
            throws SQLException {
        for (var rollup : definitions.all(transaction)) {
            if (rollup.cascade().isEmpty() && rollup.collection().equals(collection)) {
                stale.note(transaction, rollup, times);
                active.announce(project);
            }
        }
    }
}
