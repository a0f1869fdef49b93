package dev.tidemark.core.catalog.writing;

import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.catalog.partitions.Periods;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.ClockStore;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes partitions when events need them or soon will, and takes out those that are too old. */
public final class Partitions {

    /** In which one that is to be dropped may yet be written to by whoever judged an event's age a moment ago. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final int STEPS_AHEAD = 3;

    private final CatalogTransactions transactions;
    private final PartitionStore store = new PartitionStore();
    private final Clock clock;

    public Partitions(CatalogTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All partitions of the table, after making those that the times need; another node may have made them. */
    public Periods ensure(Project project, Columns collection, Collection<Instant> times) {
        return transactions.run(project, connection -> {
            var existing = store.read(connection, collection);
            var missing = existing.missing(times, store.width(connection, collection), clock.instant());
            List<Period> added = new ArrayList<>();
            for (var period : missing) {
                added.add(store.add(connection, collection, period));
            }
            return existing.with(added);
        });
    }

    /** The times of the partitions that collections which have events now will need soon. */
    public Map<Columns, List<Instant>> soon(Connection connection, List<Columns> collections) throws SQLException {
        var now = clock.instant();
        var later = store.after(connection, now);
        Map<Columns, List<Instant>> soon = new LinkedHashMap<>();
        for (var collection : collections) {
            var existing = later.getOrDefault(collection.id(), Periods.NONE);
            var current = existing.covering(now);
            var missing = ahead(collection, now)
                    .filter(time -> existing.covering(time).isEmpty())
                    .toList();
            if (current.isPresent() && !missing.isEmpty() && !store.isEmpty(connection, current.get())) {
                soon.put(collection, missing);
            }
        }
        return soon;
    }

    private static Stream<Instant> ahead(Columns collection, Instant now) {
        var step = collection.terms().partitions().ahead().dividedBy(STEPS_AHEAD);
        return IntStream.rangeClosed(1, STEPS_AHEAD).mapToObj(i -> now.plus(step.multipliedBy(i)));
    }

    /** All that the collection has, the oldest first. */
    public List<Period> of(Connection connection, Columns collection) throws SQLException {
        return store.read(connection, collection).all();
    }

    /** Those that hold nothing which is still to be kept, the oldest first. */
    public List<Period> expired(Connection connection, Columns collection) throws SQLException {
        var keep = collection.terms().keep();
        if (keep.isEmpty()) {
            return List.of();
        }
        var now = ClockStore.earlier(connection, clock.instant());
        return store.read(connection, collection).before(now.minus(keep.get()).minus(GRACE));
    }

    /**
     * Takes a partition out of its collection, and notes in table {@code _retired} that it is to be dropped, unless someone is behind.
     *
     * @param behind who, asked when nobody writes to the collection any more; may be asked again
     * @return the same
     */
    public List<String> retire(
            Project project, Columns collection, Period partition, Database.Work<List<String>> behind) {
        return transactions.run(project, connection -> {
            TableStore.close(connection, collection.name());
            var modules = behind.run(connection);
            if (modules.isEmpty()) {
                store.retire(connection, collection, partition);
            }
            return modules;
        });
    }
}
