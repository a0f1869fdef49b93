package dev.tidemark.rollups.rows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers combinations of values in the order in which they come, from 0 on. What begins a combination has a number too: by it and
 * the next value the longer one is found. So an event is compared with no values of others, which lie all over the memory.
 */
final class Combinations {

    /** Of an event that has no combination. */
    static final int NONE = -1;

    private final List<ValueNumbers> values;

    /** By how many values a beginning has, less one. */
    private final List<LongNumbers> beginnings;

    /** @param values what numbers each of the values: at least one */
    Combinations(List<ValueNumbers> values) {
        this.values = values;
        this.beginnings = Stream.generate(LongNumbers::new).limit(values.size()).toList();
    }

    int size() {
        return beginnings.getLast().size();
    }

    /**
     * Gives events the numbers of their combinations.
     *
     * @param places where the values stand in an event
     * @param numbers 0, or {@link #NONE} for those that are to have none
     */
    void number(EventBatch events, List<Integer> places, int[] numbers) {
        for (int i = 0; i < places.size(); i++) {
            extend(numbers, events.column(places.get(i)), values.get(i), beginnings.get(i));
        }
    }

    private static void extend(int[] numbers, EventColumn column, ValueNumbers values, LongNumbers longer) {
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] != NONE) {
                numbers[row] = longer.of(((long) numbers[row] << Integer.SIZE) | values.of(column, row));
            }
        }
    }

    /** The values of a combination. */
    List<@Nullable Object> values(int number) {
        var found = new @Nullable Object[values.size()];
        int beginning = number;
        for (int i = found.length - 1; i >= 0; i--) {
            var last = beginnings.get(i).value(beginning);
            found[i] = values.get(i).value((int) last);
            beginning = (int) (last >>> Integer.SIZE);
        }
        return Arrays.asList(found);
    }
}
