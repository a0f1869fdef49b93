package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RowKey;
import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Groups events in memory by the rows of one rollup. What is known of groups stands in columns, by their numbers: an event would
 * wait for each object of its group to come from memory.
 */
final class EventGroups {

    /** A group as such, about. */
    private static final long BYTES = 200;

    private static final int FIRST_ROOM = 16;

    private final Rollup rollup;
    private final EventPlaces places;
    private final List<Part> parts;
    private final List<GroupSketches> sketches;
    private final Combinations groups;
    private final @Nullable Object[][] values;
    private long[] counts = new long[FIRST_ROOM];

    /** Of texts in values, about. */
    private long characters;

    EventGroups(Rollup rollup, EventPlaces places) {
        this.rollup = rollup;
        this.places = places;
        this.parts = rollup.parts();
        this.sketches = rollup.sketches().stream().map(GroupSketches::of).toList();
        var bucket = Stream.of(ValueNumbers.of(rollup.bucket()));
        var dimensions = rollup.dimensions().stream().map(column -> ValueNumbers.of(column.type()));
        this.groups = new Combinations(Stream.concat(bucket, dimensions).toList());
        this.values = new @Nullable Object[parts.size()][FIRST_ROOM];
        begin(0);
    }

    Rollup rollup() {
        return rollup;
    }

    /** How much memory they take, about. */
    long bytes() {
        return BYTES * groups.size()
                + characters
                + sketches.stream().mapToLong(GroupSketches::bytes).sum();
    }

    void add(EventBatch events) {
        var numbers = new int[events.size()];
        places.passing().ifPresent(place -> leaveOut(events.column(place), numbers));
        groups.number(events, places.grouping(), numbers);
        while (groups.size() > counts.length) {
            makeRoom();
        }
        for (int group : numbers) {
            if (group != Combinations.NONE) {
                counts[group]++;
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            add(numbers, events.column(places.parts().get(i)), parts.get(i), values[i]);
        }
        for (int i = 0; i < sketches.size(); i++) {
            sketches.get(i).add(numbers, events.column(places.sketches().get(i)));
        }
    }

    private static void leaveOut(EventColumn passing, int[] numbers) {
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = Boolean.TRUE.equals(passing.value(row)) ? 0 : Combinations.NONE;
        }
    }

    private void add(int[] numbers, EventColumn column, Part part, @Nullable Object[] values) {
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] != Combinations.NONE) {
                var value = part.with(values[numbers[row]], column.value(row));
                if (value instanceof String text && !text.equals(values[numbers[row]])) {
                    characters += text.length();
                }
                values[numbers[row]] = value;
            }
        }
    }

    private void makeRoom() {
        int before = counts.length;
        counts = Arrays.copyOf(counts, 2 * before);
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOf(values[i], 2 * before);
        }
        begin(before);
    }

    /** Those from a number on are of no events yet. */
    private void begin(int group) {
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(values[i], group, counts.length, parts.get(i).ofNone());
        }
    }

    /** In the order of their places. */
    List<Draft> drafts() {
        var made = sketches.stream().map(each -> each.made(groups.size())).toList();
        return IntStream.range(0, groups.size())
                .parallel()
                .mapToObj(group -> new Draft(place(group), () -> content(group, made)))
                .sorted(Comparator.comparing(Draft::place))
                .toList();
    }

    private RowPlace place(int group) {
        var placed = groups.values(group);
        return new RowPlace(
                (Instant) Objects.requireNonNull(placed.getFirst()), RowKey.of(placed.subList(1, placed.size())));
    }

    private Draft.Content content(int group, List<IntFunction<Sketch>> made) {
        var placed = groups.values(group);
        var row = new ArrayList<@Nullable Object>(placed.size() + 1 + values.length);
        row.addAll(placed);
        row.add(counts[group]);
        for (var column : values) {
            row.add(column[group]);
        }
        return new Draft.Content(
                Collections.unmodifiableList(row),
                made.stream().map(each -> each.apply(group)).toList());
    }
}
