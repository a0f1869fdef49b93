package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RowKey;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
    private final int[] grouping;
    private final List<Part> parts;
    private final List<SketchPart> sketchParts;
    private final List<GroupSketches> sketches;
    private final Combinations groups;
    private final @Nullable Object[][] values;
    private long[] counts = new long[FIRST_ROOM];
    private long sketchedBytes;

    EventGroups(Rollup rollup, EventPlaces places) {
        this.rollup = rollup;
        this.places = places;
        this.grouping = places.grouping().stream().mapToInt(place -> place).toArray();
        this.parts = rollup.parts();
        this.sketchParts = rollup.sketches();
        this.sketches = sketchParts.stream().map(GroupSketches::of).toList();
        this.groups = new Combinations(grouping.length);
        this.values = new @Nullable Object[parts.size()][FIRST_ROOM];
        begin(0);
    }

    Rollup rollup() {
        return rollup;
    }

    /** How much memory they take, about. */
    long bytes() {
        return BYTES * groups.size() + sketchedBytes;
    }

    void add(EventRow event) {
        if (!event.passes(places)) {
            return;
        }
        int group = groups.of(event, grouping);
        if (group == counts.length) {
            makeRoom();
        }
        counts[group]++;
        for (int i = 0; i < parts.size(); i++) {
            values[i][group] = parts.get(i)
                    .with(values[i][group], event.value(places.parts().get(i)));
        }
        for (int i = 0; i < sketchParts.size(); i++) {
            var value = event.value(places.sketches().get(i));
            if (value != null) {
                sketches.get(i).add(group, value);
                sketchedBytes += sketchParts.get(i).kind().bytesOf(value);
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

    /** In the order in which they are best written. */
    List<Draft> drafts() {
        var made = sketches.stream().map(each -> each.made(groups.size())).toList();
        return IntStream.range(0, groups.size())
                .mapToObj(group -> draft(group, made))
                .sorted(Draft::order)
                .toList();
    }

    private Draft draft(int group, List<List<Sketch>> made) {
        var placed = groups.values(group);
        var row = new ArrayList<@Nullable Object>(placed.size() + 1 + values.length);
        row.addAll(placed);
        row.add(counts[group]);
        for (var column : values) {
            row.add(column[group]);
        }
        return new Draft(
                (Instant) Objects.requireNonNull(placed.getFirst()),
                RowKey.of(placed.subList(1, placed.size())),
                Collections.unmodifiableList(row),
                made.stream().map(each -> each.get(group)).toList());
    }
}
