package dev.tidemark.core.events.planning;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tidemark.core.catalog.changes.WaitingProperties;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Catalog.Asked;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes rows of events, and of the project's tables what the rows need. */
public final class Planner {

    private static final Refusal IN_USE = new Refusal(
            "table_in_use",
            "",
            "The collection's table is in use, and could not be changed for this value: it is kept in _extra, and brought"
                    + " into its column once nobody reads the table.");

    /** No boundary of a partition lies within: the shortest partitions are as long. */
    private static final long PARTITION_MICROS = 300_000_000L;

    private final Catalogs catalogs;
    private final WaitingProperties waiting;
    private final LoadingCache<Columns, Layout> layouts =
            Caffeine.newBuilder().weakKeys().build(Layout::new);
    private final Wishes.Refused refused = new Wishes.Refused();

    public Planner(Catalogs catalogs, WaitingProperties waiting) {
        this.catalogs = catalogs;
        this.waiting = waiting;
    }

    /** @param added the names of properties that modules add */
    public Prepared plan(Project project, List<Admitted> admitted, Origin origin, Set<String> added) {
        var wishes = Wishes.open(refused, project);
        var planning = new Planning(project, catalogs.of(project), layouts, wishes, origin, added);
        var prepared = planning.run(admitted);
        if (!wishes.isEmpty()) {
            var evolved = evolved(project, wishes.wanted());
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

    /**
     * With what was wanted, or the reasons why not. A table that someone reads gets no column until they end, and an export
     * may take hours: its events do without until then, and those of new collections need nobody's leave.
     */
    private Catalog evolved(Project project, Map<String, Map<String, ColumnType>> wanted) {
        try {
            return catalogs.evolve(project, wanted);
        } catch (CallerException e) {
            var known = catalogs.of(project);
            Map<String, Map<String, ColumnType>> fresh = new HashMap<>(wanted);
            fresh.keySet().removeIf(collection -> known.columns(collection).isPresent());
            if (e.code() != ErrorCode.UNAVAILABLE || fresh.size() == wanted.size()) {
                throw e;
            }
            Map<String, Map<String, ColumnType>> late = new HashMap<>(wanted);
            late.keySet().removeAll(fresh.keySet());
            waiting.note(project, late);
            var evolved = fresh.isEmpty() ? known : catalogs.evolve(project, fresh);
            return evolved.refusing(refused(evolved, wanted, fresh.keySet()));
        }
    }

    /** @param fresh the collections that were asked for again, alone: what was refused of them was refused then */
    private static Map<Asked, Refusal> refused(
            Catalog catalog, Map<String, Map<String, ColumnType>> wanted, Set<String> fresh) {
        Map<Asked, Refusal> refused = new HashMap<>();
        wanted.forEach((collection, properties) -> {
            catalog.refused(collection)
                    .ifPresent(reason -> refused.put(new Asked(collection, Optional.empty()), reason));
            for (var property : properties.keySet()) {
                var reason = fresh.contains(collection) ? catalog.refused(collection, property) : Optional.of(IN_USE);
                reason.ifPresent(found -> refused.put(new Asked(collection, Optional.of(property)), found));
            }
        });
        return refused;
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
