package dev.tidemark.rollups;

import dev.tidemark.spi.Relation.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups events in memory by their rows, one after the other as {@link EventRows#events} has them. */
final class EventGroups {

    /** An event's value in memory, about, beside its characters. */
    private static final long BYTES_OF_VALUE = 24;

    /** Groups in memory, about. */
    private static final long MOST_BYTES = 48 << 20;

    private final int dimensions;
    private final List<Column> measured;
    private final List<Part> parts;
    private final List<Integer> ofParts;
    private final List<Integer> ofSketched;
    private final List<Integer> ofSketches;
    private final Map<Long, String> times = new HashMap<>();
    private final Map<Place, EventGroup> byPlace = new HashMap<>();
    private long bytes;

    private EventGroups(Rollup rollup) {
        this.dimensions = rollup.dimensions().size();
        this.measured = rollup.measured();
        this.parts = rollup.parts();
        this.ofParts = parts.stream().map(part -> measured.indexOf(part.of())).toList();
        this.ofSketches = rollup.sketches().stream()
                .map(part -> rollup.sketched().indexOf(part.of()))
                .toList();
        this.ofSketched = rollup.sketched().stream().map(measured::indexOf).toList();
    }

    /** The next groups of events that fit into memory; none: there are no more events. */
    static List<EventGroup> next(Rollup rollup, ResultSet events) throws SQLException {
        var groups = new EventGroups(rollup);
        while (groups.bytes < MOST_BYTES && events.next()) {
            groups.add(events);
        }
        return groups.sorted();
    }

    private void add(ResultSet event) throws SQLException {
        var group = group(event);
        group.count();
        var values = new @Nullable Object[measured.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(event, 2 + dimensions + i, measured.get(i));
        }
        for (int i = 0; i < parts.size(); i++) {
            group.add(i, parts.get(i), values[ofParts.get(i)]);
        }
        for (int i = 0; i < ofSketched.size(); i++) {
            var value = values[ofSketched.get(i)];
            if (value != null) {
                group.addSketched(i, value);
                bytes += BYTES_OF_VALUE + (value instanceof String text ? text.length() : 0);
            }
        }
    }

    /** In the order of the table's key. */
    private List<EventGroup> sorted() {
        return byPlace.values().stream()
                .sorted(Comparator.comparing(EventGroup::time).thenComparing(EventGroup::key))
                .toList();
    }

    private EventGroup group(ResultSet event) throws SQLException {
        var values = new ArrayList<@Nullable String>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            values.add(event.getString(2 + i));
        }
        var place = new Place(event.getLong(1), values);
        var known = byPlace.get(place);
        if (known != null) {
            return known;
        }
        var group = new EventGroup(
                times.computeIfAbsent(
                        place.second(), second -> Instant.ofEpochSecond(second).toString()),
                values,
                parts,
                ofSketched.size(),
                ofSketches);
        byPlace.put(place, group);
        bytes += EventGroup.BYTES;
        return group;
    }

    /**
     * Which row an event belongs to.
     *
     * @param second its time, from 1970 on
     * @param dimensions as text
     */
    private record Place(long second, List<@Nullable String> dimensions) {}

    private static @Nullable Object value(ResultSet event, int place, Column column) throws SQLException {
        return switch (column.type()) {
            case LONG -> orNull(event, event.getLong(place));
            case DOUBLE -> orNull(event, event.getDouble(place));
            case NUMERIC -> event.getBigDecimal(place);
            case TIMESTAMP -> event.getObject(place, OffsetDateTime.class);
            case DATE -> event.getObject(place, LocalDate.class);
            default -> event.getString(place);
        };
    }

    private static @Nullable Object orNull(ResultSet event, Object value) throws SQLException {
        return event.wasNull() ? null : value;
    }
}
