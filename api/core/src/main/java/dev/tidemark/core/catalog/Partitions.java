package dev.tidemark.core.catalog;

import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;

/** Makes partitions when events need them. */
final class Partitions {

    private final CatalogTransactions transactions;
    private final PartitionStore store = new PartitionStore();
    private final Clock clock;

    Partitions(CatalogTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All partitions of the table, after making those that the times need; another node may have made them. */
    Periods ensure(Project project, Columns collection, Collection<Instant> times) {
        return transactions.run(project, connection -> {
            var existing = store.read(connection, collection);
            var missing = existing.missing(times, clock.instant());
            for (var period : missing) {
                store.add(connection, collection, period);
            }
            return existing.with(missing);
        });
    }
}
