package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.SketchPart;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups events in memory by the rows of one rollup. */
final class EventGroups {

    private final Rollup rollup;
    private final List<Part> parts;
    private final List<SketchPart> sketches;
    private final EventPlaces places;
    private final Map<EventRow.Place, EventGroup> byPlace = new HashMap<>();
    private long bytes;

    EventGroups(Rollup rollup, EventPlaces places) {
        this.rollup = rollup;
        this.parts = rollup.parts();
        this.sketches = rollup.sketches();
        this.places = places;
    }

    Rollup rollup() {
        return rollup;
    }

    /** How much memory they take, about. */
    long bytes() {
        return bytes;
    }

    void add(EventRow event) {
        if (!event.passes(places)) {
            return;
        }
        var group = byPlace.computeIfAbsent(event.place(places), this::begun);
        group.count();
        for (int i = 0; i < parts.size(); i++) {
            group.add(i, parts.get(i), event.value(places.parts().get(i)));
        }
        for (int i = 0; i < sketches.size(); i++) {
            var value = event.value(places.sketches().get(i));
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

    List<Draft> drafts() {
        return byPlace.values().stream()
                .map(EventGroup::draft)
                .sorted(Draft::order)
                .toList();
    }
}
