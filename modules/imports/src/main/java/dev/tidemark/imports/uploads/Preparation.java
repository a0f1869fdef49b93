package dev.tidemark.imports.uploads;

import dev.tidemark.imports.requests.Destination;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Project;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes what rows need before the first of them is stored: columns whose types are given, which their first values might miss. */
final class Preparation {

    /** That are remembered, of a file that may name any number. */
    private static final int MOST_MADE = 10_000;

    private final Events events;
    private final Project project;
    private final Destination destination;
    private final Set<Made> made = ConcurrentHashMap.newKeySet();

    Preparation(Events events, Project project, Destination destination) {
        this.events = events;
        this.project = project;
        this.destination = destination;
    }

    /** The collection of all rows: where it may not be made, a dead letter for each would help nobody. */
    void requireCollection() {
        destination
                .collection()
                .filter(name -> events.collection(project, name).isEmpty())
                .ifPresent(name -> events.prepare(project, name, Map.of()));
    }

    /** @return whether anything was made */
    boolean makeColumns(Batch batch) {
        var wanted = wanted(batch);
        wanted.forEach(this::make);
        return !wanted.isEmpty();
    }

    private void make(String collection, Map<String, ColumnType> types) {
        try {
            events.prepare(project, collection, types);
        } catch (CallerException e) {
            var isToldByRows = destination.collection().isEmpty() && e.code() == ErrorCode.BAD_USER_INPUT;
            if (!isToldByRows) {
                throw e;
            }
        }
        if (made.size() < MOST_MADE) {
            types.keySet().forEach(property -> made.add(new Made(collection, property)));
        }
    }

    /** The types that are given of properties that have values, by collection. */
    private Map<String, Map<String, ColumnType>> wanted(Batch batch) {
        Map<String, Map<String, ColumnType>> wanted = new LinkedHashMap<>();
        if (batch.types().isEmpty()) {
            return wanted;
        }
        Map<String, ColumnType> byColumn = new HashMap<>();
        batch.types().forEach((property, type) -> byColumn.put(events.columnName(property), type));
        Map<String, Optional<ColumnType>> byProperty = new HashMap<>();
        for (var row : batch.rows()) {
            if (row instanceof Event event) {
                event.properties().forEach((property, value) -> {
                    var type = byProperty.computeIfAbsent(
                            property, name -> Optional.ofNullable(byColumn.get(events.columnName(name))));
                    if (value != null && type.isPresent() && !made.contains(new Made(event.collection(), property))) {
                        wanted.computeIfAbsent(event.collection(), name -> new LinkedHashMap<>())
                                .put(property, type.get());
                    }
                });
            }
        }
        return wanted;
    }

    private record Made(String collection, String property) {}
}
