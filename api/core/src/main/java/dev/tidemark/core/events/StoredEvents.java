package dev.tidemark.core.events;

import dev.tidemark.core.catalog.Catalog;
import dev.tidemark.core.catalog.Catalogs;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows committed events by their positions. */
final class StoredEvents {

    private static final int ATTEMPTS = 8;

    private final Databases databases;
    private final Catalogs catalogs;
    private final StoredEventStore store = new StoredEventStore();

    StoredEvents(Databases databases, Catalogs catalogs) {
        this.databases = databases;
        this.catalogs = catalogs;
    }

    List<StoredEvent> read(Project project, Position after, int limit) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var snapshot = catalogs.of(project);
            try {
                return databases
                        .of(project)
                        .transaction(connection -> read(connection, project, snapshot, after, limit));
            } catch (StalePlanException e) {
                catalogs.refresh(project);
            }
        }
        throw new IllegalStateException("The catalogue of project " + project.slug() + " is always behind its tables.");
    }

    /** Columns are made before rows use them, so a snapshot that is the newest now has all columns of the ranges seen. */
    private List<StoredEvent> read(Connection connection, Project project, Catalog snapshot, Position after, int limit)
            throws SQLException {
        var ranges = store.ranges(connection, after, limit);
        if (ranges.isEmpty()) {
            return List.of();
        }
        if (!catalogs.isNewest(connection, project, snapshot)) {
            throw new StalePlanException();
        }
        store.preferKeys(connection);
        Map<String, List<StoredRange>> byTable = new LinkedHashMap<>();
        for (var range : ranges) {
            byTable.computeIfAbsent(range.collection(), table -> new ArrayList<>())
                    .add(range);
        }
        List<StoredEvent> events = new ArrayList<>();
        for (var entry : byTable.entrySet()) {
            var columns = snapshot.byTable(entry.getKey());
            if (columns.isPresent()) {
                events.addAll(store.events(connection, columns.get().collection(), entry.getValue(), limit));
            }
        }
        events.sort(Comparator.comparing(StoredEvent::position));
        return events.size() > limit ? new ArrayList<>(events.subList(0, limit)) : events;
    }
}
