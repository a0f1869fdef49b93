package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.rollups.sketches.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sketches of one column, one for each group. */
sealed interface GroupSketches {

    static GroupSketches of(SketchPart part) {
        return switch (part.kind()) {
            case DISTINCT -> new Hashes();
            case TOP, DIGEST -> new OneByOne(part);
        };
    }

    void add(int group, Object value);

    /**
     * When all values are there.
     *
     * @return by the numbers of the groups
     */
    List<Sketch> made(int groups);

    /** Each is there from its group's first value on. */
    final class OneByOne implements GroupSketches {

        private final SketchPart part;
        private final List<Sketch> sketches = new ArrayList<>();

        private OneByOne(SketchPart part) {
            this.part = part;
        }

        @Override
        public void add(int group, Object value) {
            made(group + 1).get(group).add(value);
        }

        @Override
        public List<Sketch> made(int groups) {
            while (sketches.size() < groups) {
                sketches.add(part.empty());
            }
            return sketches;
        }
    }

    /** Hashes are noted as they come, and brought to their groups at the end: that is many times quicker where groups are many. */
    final class Hashes implements GroupSketches {

        private static final int FIRST_ROOM = 1_024;

        private int[] groups = new int[FIRST_ROOM];
        private long[] hashes = new long[FIRST_ROOM];
        private int size;

        @Override
        public void add(int group, Object value) {
            if (size == hashes.length) {
                groups = Arrays.copyOf(groups, 2 * size);
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            groups[size] = group;
            hashes[size++] = DistinctSketch.hash(value);
        }

        @Override
        public List<Sketch> made(int number) {
            var ends = new int[number + 1];
            for (int i = 0; i < size; i++) {
                ends[groups[i] + 1]++;
            }
            Arrays.parallelPrefix(ends, Integer::sum);
            var byGroup = new long[size];
            for (int i = 0; i < size; i++) {
                byGroup[ends[groups[i]]++] = hashes[i];
            }
            var sketches = new ArrayList<Sketch>(number);
            int start = 0;
            for (int group = 0; group < number; group++) {
                sketches.add(DistinctSketch.of(byGroup, start, ends[group]));
                start = ends[group];
            }
            return sketches;
        }
    }
}
