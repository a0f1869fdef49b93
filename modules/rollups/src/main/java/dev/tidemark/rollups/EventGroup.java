package dev.tidemark.rollups;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What some events add to one row of a rollup. */
final class EventGroup implements Draft {

    /** A group as such, about. */
    static final long BYTES = 200;

    private final String time;
    private final List<@Nullable String> dimensions;
    private final UUID key;
    private final @Nullable Object[] parts;
    private final List<List<Object>> sketched;
    private final List<Integer> ofSketches;
    private long count;

    /**
     * One without events.
     *
     * @param time the row's
     * @param dimensions as text
     * @param columns how many are sketched
     * @param ofSketches of which of these each sketch is
     */
    EventGroup(
            String time, List<@Nullable String> dimensions, List<Part> parts, int columns, List<Integer> ofSketches) {
        this.time = time;
        this.dimensions = dimensions;
        this.key = RowKey.of(dimensions);
        this.parts = new @Nullable Object[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            this.parts[i] = parts.get(i).ofNone();
        }
        this.sketched = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            sketched.add(new ArrayList<>());
        }
        this.ofSketches = ofSketches;
    }

    /** One more event. */
    void count() {
        count++;
    }

    void add(int place, Part part, @Nullable Object value) {
        parts[place] = part.with(parts[place], value);
    }

    void addSketched(int column, Object value) {
        sketched.get(column).add(value);
    }

    @Override
    public UUID key() {
        return key;
    }

    @Override
    public String time() {
        return time;
    }

    @Override
    public void addTo(int place, Sketch sketch) {
        sketched.get(ofSketches.get(place)).forEach(sketch::add);
    }

    @Override
    public List<@Nullable String> values() {
        var values = new ArrayList<@Nullable String>();
        values.add(time);
        values.addAll(dimensions);
        values.add(Long.toString(count));
        for (var part : parts) {
            values.add(part == null ? null : part.toString());
        }
        return values;
    }
}
