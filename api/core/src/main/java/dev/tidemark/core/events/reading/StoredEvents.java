package dev.tidemark.core.events.reading;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.StaleCatalogException;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.FewerAtOnce;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows committed events by their positions. */
public final class StoredEvents implements CommittedEvents, AutoCloseable {

    private static final int ATTEMPTS = 8;

    private final Databases databases;
    private final Catalogs catalogs;
    private final CommitWatches watches;
    private final StoredEventStore store = new StoredEventStore();

    public StoredEvents(Databases databases, Catalogs catalogs, Notifications notifications) {
        this.databases = databases;
        this.catalogs = catalogs;
        this.watches = new CommitWatches(notifications);
    }

    /** Fewer than the limit, when the database would give more at once than is held. */
    @Override
    public Stretch read(Project project, Position after, int limit, Set<String> collections) {
        return FewerAtOnce.attempt(limit, most -> attempted(project, after, most, collections));
    }

    private Stretch attempted(Project project, Position after, int limit, Set<String> collections) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var snapshot = catalogs.of(project);
            try {
                return read(project, snapshot, after, limit, collections);
            } catch (StaleCatalogException e) {
                catalogs.refresh(project);
            } catch (DatabaseException e) {
                if (catalogs.refresh(project).version() == snapshot.version()) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("The catalogue of project " + project.slug() + " is always behind its tables.");
    }

    @Override
    public Position last(Project project) {
        return databases.of(project).transaction(store::last);
    }

    @Override
    public Position before(Project project, Instant moment) {
        return databases.of(project).transaction(connection -> store.before(connection, moment));
    }

    @Override
    public Position expired(Project project, List<String> collections) {
        return databases.of(project).transaction(connection -> store.expired(connection, collections));
    }

    @Override
    public Watch watch(Project project, Runnable hint) {
        return watches.add(project, hint);
    }

    @Override
    public void close() {
        watches.close();
    }

    /** Ranges may have lost all their events, by erasure or age: then the next ones are looked at. */
    private Stretch read(Project project, Catalog snapshot, Position after, int limit, Set<String> collections) {
        var database = databases.of(project);
        for (var from = after; ; ) {
            var begin = from;
            var stretch =
                    database.transaction(connection -> read(connection, project, snapshot, begin, limit, collections));
            if (!stretch.events().isEmpty() || stretch.end().equals(begin)) {
                return stretch;
            }
            from = stretch.end();
        }
    }

    private Stretch read(
            Connection connection,
            Project project,
            Catalog snapshot,
            Position after,
            int limit,
            Set<String> collections)
            throws SQLException {
        var ranges = store.ranges(connection, after, limit, collections);
        if (ranges.isEmpty()) {
            return new Stretch(List.of(), after);
        }
        store.preferKeys(connection);
        Map<String, List<StoredRange>> byTable = new LinkedHashMap<>();
        for (var range : ranges) {
            if (StoredEventStore.isWanted(range.collection(), collections)) {
                byTable.computeIfAbsent(range.collection(), table -> new ArrayList<>())
                        .add(range);
            }
        }
        List<StoredEvent> events = new ArrayList<>();
        Optional<Position> end = Optional.empty();
        for (var entry : byTable.entrySet()) {
            var columns = snapshot.byTable(entry.getKey());
            if (columns.isPresent()) {
                var found = store.events(connection, columns.get().collection(), entry.getValue(), limit);
                events.addAll(found.events());
                if (!found.isAll()) {
                    var last = found.events().getLast().position();
                    end = Optional.of(
                            end.filter(known -> known.compareTo(last) < 0).orElse(last));
                }
            }
        }
        // what is the newest after the rows were read was so when their tables were locked
        if (!catalogs.isNewest(connection, project, snapshot)) {
            throw new StaleCatalogException();
        }
        events.sort(Comparator.comparing(StoredEvent::position));
        var until = end.orElse(ranges.getLast().end());
        var known = events.stream()
                .filter(event -> event.position().compareTo(until) <= 0)
                .toList();
        return known.size() > limit
                ? new Stretch(known.subList(0, limit), known.get(limit - 1).position())
                : new Stretch(known, until);
    }
}
