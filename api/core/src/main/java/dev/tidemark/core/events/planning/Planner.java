package dev.tidemark.core.events.planning;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes rows of events, and of the project's tables what the rows need. */
public final class Planner {

    /** No boundary of a partition lies within: the shortest partitions are as long. */
    private static final long PARTITION_MICROS = 300_000_000L;

    private final Catalogs catalogs;
    private final LoadingCache<Columns, Layout> layouts =
            Caffeine.newBuilder().weakKeys().build(Layout::new);
    private final Wishes.Refused refused = new Wishes.Refused();

    public Planner(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** @param added the names of properties that modules add */
    public Prepared plan(Project project, List<Admitted> admitted, Origin origin, Set<String> added) {
        var wishes = Wishes.open(refused, project);
        var planning = new Planning(project, catalogs.of(project), layouts, wishes, origin, added);
        var prepared = planning.run(admitted);
        if (!wishes.isEmpty()) {
            var evolved = catalogs.evolve(project, wishes.wanted());
            planning = new Planning(project, evolved, layouts, wishes.settled(evolved), origin, added);
            prepared = planning.run(admitted);
        }
        prepared.tables().forEach(rows -> ensurePartitions(project, rows));
        return prepared;
    }

    /** The same, as far as the tables are now: what is missing is not made. */
    public Prepared rehearse(Project project, List<Admitted> admitted, Origin origin, Set<String> added) {
        return new Planning(project, catalogs.of(project), layouts, Wishes.open(refused, project), origin, added)
                .run(admitted);
    }

    private void ensurePartitions(Project project, TableRows rows) {
        Map<Long, Instant> times = new HashMap<>();
        var last = Long.MIN_VALUE;
        for (int row = 0; row < rows.count(); row++) {
            var stretch = Math.floorDiv(rows.timeMicros(row), PARTITION_MICROS);
            if (stretch != last) {
                times.putIfAbsent(stretch, BinaryRow.instant(stretch * PARTITION_MICROS));
                last = stretch;
            }
        }
        catalogs.ensurePartitions(project, rows.layout().table(), times.values());
    }
}
