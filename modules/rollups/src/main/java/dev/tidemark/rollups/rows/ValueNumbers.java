package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Bucket;
import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.spi.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Numbers the values of one dimension in the order in which they come; that there is none is one too, 0. */
sealed interface ValueNumbers {

    /** Of a dimension. */
    static ValueNumbers of(ColumnType type) {
        return switch (type) {
            case LONG -> new Whole(new LongNumbers());
            case TEXT -> new Text(new TextNumbers());
            default -> new Other(new HashMap<>(), new ArrayList<>());
        };
    }

    /** Of what the moments of events are put into. */
    static ValueNumbers of(Bucket bucket) {
        return new Begin(bucket.begin(), new LongNumbers());
    }

    /** The number that an event's value has, or gets. */
    int of(EventColumn column, int row);

    @Nullable
    Object value(int number);

    /** Of whole numbers. */
    record Whole(LongNumbers numbers) implements ValueNumbers {

        @Override
        public int of(EventColumn column, int row) {
            return column instanceof EventColumn.Numbers values && values.has(row)
                    ? 1 + numbers.of(values.number(row))
                    : 0;
        }

        @Override
        public @Nullable Object value(int number) {
            return number == 0 ? null : numbers.value(number - 1);
        }
    }

    /** Of the buckets of moments. */
    record Begin(LongUnaryOperator bucket, LongNumbers numbers) implements ValueNumbers {

        @Override
        public int of(EventColumn column, int row) {
            return column instanceof EventColumn.Times times && times.has(row)
                    ? 1 + numbers.of(bucket.applyAsLong(times.micros(row)))
                    : 0;
        }

        @Override
        public @Nullable Object value(int number) {
            return number == 0 ? null : Moments.of(numbers.value(number - 1));
        }
    }

    /** Of texts, of which long ones are shortened. */
    record Text(TextNumbers numbers) implements ValueNumbers {

        @Override
        public int of(EventColumn column, int row) {
            return column instanceof EventColumn.Texts texts && texts.has(row)
                    ? 1 + numbers.of(LongText.shortened(texts.text(row)))
                    : 0;
        }

        @Override
        public @Nullable Object value(int number) {
            return number == 0 ? null : new String(numbers.value(number - 1), StandardCharsets.UTF_8);
        }
    }

    /** Of others, of which there are few. */
    record Other(Map<Object, Integer> numbers, List<Object> values) implements ValueNumbers {

        @Override
        public int of(EventColumn column, int row) {
            var value = column.value(row);
            if (value == null) {
                return 0;
            }
            var number = numbers.computeIfAbsent(value, one -> 1 + values.size());
            if (number > values.size()) {
                values.add(value);
            }
            return number;
        }

        @Override
        public @Nullable Object value(int number) {
            return number == 0 ? null : values.get(number - 1);
        }
    }
}
