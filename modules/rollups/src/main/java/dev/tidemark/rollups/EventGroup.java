package dev.tidemark.rollups;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What some events add to one row of a rollup. */
final class EventGroup {

    /** A group as such, about. */
    static final long BYTES = 200;

    private final String time;
    private final List<@Nullable String> place;
    private final UUID key;
    private final @Nullable Object[] parts;
    private final List<List<Object>> sketched;
    private long count;

    /**
     * One without events.
     *
     * @param place the row's time and dimensions, as text
     * @param columns how many are sketched
     */
    EventGroup(List<@Nullable String> place, List<Part> parts, int columns) {
        this.time = String.valueOf(place.getFirst());
        this.place = place;
        this.key = RowKey.of(place.subList(1, place.size()));
        this.parts = parts.stream().map(Part::ofNone).toArray();
        this.sketched = IntStream.range(0, columns)
                .mapToObj(i -> (List<Object>) new ArrayList<Object>())
                .toList();
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

    UUID key() {
        return key;
    }

    /** The row's time. */
    String time() {
        return time;
    }

    /** The values of a column that is sketched. */
    List<Object> sketched(int column) {
        return sketched.get(column);
    }

    /** Time and dimensions, the number of events, the parts: as text, in the order of the table's columns. */
    List<@Nullable String> values() {
        var values = new ArrayList<@Nullable String>(place);
        values.add(Long.toString(count));
        for (var part : parts) {
            values.add(part == null ? null : part.toString());
        }
        return values;
    }
}
