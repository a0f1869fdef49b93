package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.rollups.sketches.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The sketches of one column, one for each group. */
sealed interface GroupSketches {

    static GroupSketches of(SketchPart part) {
        return switch (part.kind()) {
            case DISTINCT -> new Hashes();
            case TOP, DIGEST -> new OneByOne(part);
        };
    }

    /** @param groups those of the events, or {@link Combinations#NONE} */
    void add(int[] groups, EventColumn values);

    /** How much memory they take, about. */
    long bytes();

    /**
     * When all values are there: makes the sketch of a group.
     *
     * @param groups how many there are
     */
    IntFunction<Sketch> made(int groups);

    /** Each is there from its group's first value on. */
    final class OneByOne implements GroupSketches {

        private final SketchPart part;
        private final List<Sketch> sketches = new ArrayList<>();
        private long bytes;

        private OneByOne(SketchPart part) {
            this.part = part;
        }

        @Override
        public void add(int[] groups, EventColumn values) {
            for (int row = 0; row < groups.length; row++) {
                var value = values.value(row);
                if (groups[row] != Combinations.NONE && value != null) {
                    sketches(groups[row] + 1).get(groups[row]).add(value);
                    bytes += part.kind().bytesOf(value);
                }
            }
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public IntFunction<Sketch> made(int groups) {
            return sketches(groups)::get;
        }

        private List<Sketch> sketches(int groups) {
            while (sketches.size() < groups) {
                sketches.add(part.empty());
            }
            return sketches;
        }
    }

    /** Hashes are noted as they come, and brought to their groups at the end: that is many times quicker where groups are many. */
    final class Hashes implements GroupSketches {

        private static final int FIRST_ROOM = 1_024;

        /** What a hash takes. */
        private static final long BYTES = Integer.BYTES + Long.BYTES;

        private int[] groups = new int[FIRST_ROOM];
        private long[] hashes = new long[FIRST_ROOM];
        private int size;

        @Override
        public void add(int[] ofEvents, EventColumn values) {
            while (hashes.length - size < ofEvents.length) {
                groups = Arrays.copyOf(groups, 2 * groups.length);
                hashes = Arrays.copyOf(hashes, 2 * hashes.length);
            }
            for (int row = 0; row < ofEvents.length; row++) {
                if (ofEvents[row] != Combinations.NONE && values.has(row)) {
                    groups[size] = ofEvents[row];
                    hashes[size++] = values.hash(row);
                }
            }
        }

        @Override
        public long bytes() {
            return BYTES * size;
        }

        @Override
        public IntFunction<Sketch> made(int number) {
            var ends = new int[number + 1];
            for (int i = 0; i < size; i++) {
                ends[groups[i] + 1]++;
            }
            Arrays.parallelPrefix(ends, Integer::sum);
            var byGroup = new long[size];
            for (int i = 0; i < size; i++) {
                byGroup[ends[groups[i]]++] = hashes[i];
            }
            return group -> DistinctSketch.of(byGroup, group == 0 ? 0 : ends[group - 1], ends[group]);
        }
    }
}
