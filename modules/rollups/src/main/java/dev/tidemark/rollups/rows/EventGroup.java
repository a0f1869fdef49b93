package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.RowKey;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What some events add to one row of a rollup. */
final class EventGroup {

    /** A group as such, about. */
    static final long BYTES = 200;

    private final Instant time;
    private final List<@Nullable Object> dimensions;
    private final @Nullable Object[] parts;
    private final Sketch[] sketches;
    private long count;

    /** One without events. */
    EventGroup(Instant time, List<@Nullable Object> dimensions, List<Part> parts, List<SketchPart> sketches) {
        this.time = time;
        this.dimensions = dimensions;
        this.parts = new @Nullable Object[parts.size()];
        Arrays.setAll(this.parts, i -> parts.get(i).ofNone());
        this.sketches = new Sketch[sketches.size()];
        Arrays.setAll(this.sketches, i -> sketches.get(i).empty());
    }

    /** One more event. */
    void count() {
        count++;
    }

    void add(int place, Part part, @Nullable Object value) {
        parts[place] = part.with(parts[place], value);
    }

    void addSketched(int place, Object value) {
        sketches[place].add(value);
    }

    Draft draft() {
        var values = new ArrayList<@Nullable Object>(2 + dimensions.size() + parts.length);
        values.add(time);
        values.addAll(dimensions);
        values.add(count);
        values.addAll(Arrays.asList(parts));
        return new Draft(time, RowKey.of(dimensions), Collections.unmodifiableList(values), Arrays.asList(sketches));
    }
}
