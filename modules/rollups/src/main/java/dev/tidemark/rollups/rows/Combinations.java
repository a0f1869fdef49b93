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

    private final List<ValueNumbers> values;

    /** By how many values a beginning has, less one. */
    private final List<LongNumbers> beginnings;

    /** @param length how many values make a combination: at least one */
    Combinations(int length) {
        this.values = Stream.generate(ValueNumbers::new).limit(length).toList();
        this.beginnings = Stream.generate(LongNumbers::new).limit(length).toList();
    }

    int size() {
        return beginnings.getLast().size();
    }

    /** @param places where the values stand in an event */
    int of(EventRow event, int[] places) {
        int number = 0;
        for (int i = 0; i < places.length; i++) {
            long next = values.get(i).of(event.value(places[i]));
            number = beginnings.get(i).of(((long) number << Integer.SIZE) | next);
        }
        return number;
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
