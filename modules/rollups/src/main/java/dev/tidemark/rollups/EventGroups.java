package dev.tidemark.rollups;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups events in memory by their rows. */
final class EventGroups {

    /** Groups in memory, about. */
    private static final long MOST_BYTES = 48 << 20;

    private final List<Part> parts;
    private final List<SketchPart> sketches;
    private final int[] ofParts;
    private final int[] ofSketches;
    private final Map<EventRow.Place, EventGroup> byPlace = new HashMap<>();
    private long bytes;

    private EventGroups(Rollup rollup) {
        var measured = rollup.measured();
        this.parts = rollup.parts();
        this.sketches = rollup.sketches();
        this.ofParts =
                parts.stream().mapToInt(part -> measured.indexOf(part.of())).toArray();
        this.ofSketches =
                sketches.stream().mapToInt(part -> measured.indexOf(part.of())).toArray();
    }

    /** The next groups of events that fit into memory; none: there are no more events. */
    static List<Draft> next(Rollup rollup, ReadAhead<EventRow> events) throws SQLException {
        var groups = new EventGroups(rollup);
        List<EventRow> some;
        do {
            some = events.take();
            some.forEach(groups::add);
        } while (!some.isEmpty() && groups.bytes < MOST_BYTES);
        return groups.drafts();
    }

    private void add(EventRow event) {
        var group = byPlace.computeIfAbsent(event.place(), this::begun);
        group.count();
        for (int i = 0; i < ofParts.length; i++) {
            group.add(i, parts.get(i), event.value(ofParts[i]));
        }
        for (int i = 0; i < ofSketches.length; i++) {
            var value = event.value(ofSketches[i]);
            if (value != null) {
                group.addSketched(i, value);
                bytes += sketches.get(i).kind().bytesOf(value);
            }
        }
    }

    private EventGroup begun(EventRow.Place place) {
        bytes += EventGroup.BYTES;
        return new EventGroup(Instant.ofEpochSecond(place.second()), place.dimensions(), parts, sketches);
    }

    private List<Draft> drafts() {
        return byPlace.values().stream()
                .map(EventGroup::draft)
                .sorted(Draft::order)
                .toList();
    }
}
