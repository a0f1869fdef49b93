package dev.tidemark.rollups.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.agkn.hll.HLL;
import org.junit.jupiter.api.Test;

/** What each sketch promises, in whatever order parts of the values are merged. */
class SketchTest {

    private static final int VALUES = 60_000;
    private static final int ORDERS = 5;

    private final Random random = new Random(7);

    /** A few values are frequent, most are rare. */
    private final List<Long> numbers = Stream.generate(() -> (long) (100 / (1 - random.nextDouble() * 0.99999)))
            .limit(VALUES)
            .toList();

    @Test
    void distinctValuesAreCountedWithinTheErrorAndInEveryOrderAlike() {
        var exact = numbers.stream().distinct().count();

        var estimates = inManyOrders(DistinctSketch::new, numbers, DistinctSketch::distinct);

        assertThat(estimates.stream().distinct()).hasSize(1);
        assertThat((double) estimates.getFirst()).isCloseTo((double) exact, within(3 * DistinctSketch.ERROR * exact));
    }

    @Test
    void aNumberAndItsTextAreTwoValuesAndFewAreCountedExactly() {
        var sketch = new DistinctSketch();
        Stream.of(7L, 7L, "7", "", "7").forEach(sketch::add);

        assertThat(sketch.distinct()).isEqualTo(3);
        assertThat(new DistinctSketch().distinct()).isZero();
    }

    @Test
    void numbersAreHashedAsTheirBytesAre() {
        var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(LongStream.concat(LongStream.of(0, 1, -1, Long.MIN_VALUE), random.longs(1_000))
                        .boxed())
                .allSatisfy(number -> assertThat(DistinctSketch.hash((Object) number))
                        .isEqualTo(DistinctSketch.hash(bytes.putLong(0, number).array())));
    }

    @Test
    void whatIsStoredOfDistinctHashesAndTheirEstimateAreThoseOfTheLibraryThatWritesTheFormatToo() {
        for (var size : List.of(0, 1, 160, 161, 300, 700, 3_000, 100_000)) {
            var own = new HyperLogLog();
            var library = new HLL(HyperLogLog.LOG2M, 5);
            for (int part = 0; part < 3; part++) {
                var hashes = random.longs(size).map(hash -> hash % 10 == 0 ? hash & 0xfff : hash);
                var stored = new HLL(HyperLogLog.LOG2M, 5);
                hashes.forEach(hash -> {
                    own.add(hash);
                    stored.addRaw(hash);
                });
                library.union(stored);
                var merged = new HyperLogLog();
                merged.merge(own.toBytes());
                merged.merge(stored.toBytes());

                assertThat(merged.toBytes()).isEqualTo(own.toBytes()).isEqualTo(library.toBytes());
                assertThat(merged.estimate()).isEqualTo(own.estimate()).isEqualTo(library.cardinality());
            }
        }
    }

    @Test
    void bytesThatAreNoSketchOfDistinctValuesAreRefused() {
        for (var spoiled :
                List.of("", "11", "118b7f00", "128b7f01", "138b7f01", "148b7f00", "108b7f", "218b7f", "118c7f")) {
            assertThatThrownBy(() -> new HyperLogLog().merge(HexFormat.of().parseHex(spoiled)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void countsOfTheMostFrequentAreTooLowByAThousandthOfAllAtMost() {
        var texts = numbers.stream().map(String::valueOf).toList();
        var exact = texts.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));

        var tops = inManyOrders(TopSketch::new, texts, sketch -> sketch.top(50, Comparator.naturalOrder()));

        assertThat(exact.size()).isGreaterThan(3_000);
        assertThat(tops)
                .allSatisfy(top -> assertThat(top)
                        .hasSize(50)
                        .allSatisfy(counter -> assertThat(exact.get(counter.getKey()) - counter.getValue())
                                .isBetween(0L, (long) (VALUES * TopSketch.ERROR))));
        assertThat(exact.get(tops.getFirst().getFirst().getKey()))
                .isGreaterThan(Collections.max(exact.values()) - (long) (VALUES * TopSketch.ERROR));
    }

    @Test
    void atMostAThousandValuesAreCountedExactly() {
        var texts = numbers.stream().map(number -> "v" + number % 1_000).toList();
        var exact = texts.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));

        var tops = inManyOrders(
                TopSketch::new,
                texts,
                sketch -> sketch.top(1_000, Comparator.naturalOrder()).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

        assertThat(tops).allMatch(exact::equals);
    }

    @Test
    void percentilesAreOfAPartNearTheOneAskedFor() {
        var sorted = numbers.stream().mapToDouble(Long::doubleValue).sorted().toArray();
        var parts = List.of(0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 1.0);

        var found = inManyOrders(
                PercentileSketch::new,
                numbers,
                sketch -> parts.stream()
                        .map(part -> sketch.percentile(part).orElseThrow())
                        .toList());

        assertThat(found).allSatisfy(values -> {
            for (int i = 0; i < parts.size(); i++) {
                assertThat(distance(sorted, values.get(i), parts.get(i))).isLessThanOrEqualTo(PercentileSketch.ERROR);
            }
        });
    }

    @Test
    void percentilesOfHundredsOfBucketsAreOfAPartNearTheOneAskedForToo() {
        for (int attempt = 0; attempt < 100; attempt++) {
            var values = random.doubles(3_000, 0, 1_000_000).toArray();
            var all = new PercentileSketch();
            for (int from = 0; from < values.length; from += 10) {
                var bucket = new PercentileSketch();
                Arrays.stream(values, from, from + 10).forEach(bucket::add);
                all.merge(bucket.stored());
            }

            Arrays.sort(values);
            for (var part : List.of(0.25, 0.5, 0.75)) {
                var found = all.percentile(part).orElseThrow();
                assertThat(distance(values, found, part)).isLessThanOrEqualTo(PercentileSketch.ERROR);
            }
        }
    }

    /** How far a part is from those that a value is the percentile of. */
    private static double distance(double[] sorted, double value, double part) {
        var below = Arrays.stream(sorted).filter(other -> other < value - 1).count() / (double) sorted.length;
        var upTo = Arrays.stream(sorted).filter(other -> other <= value + 1).count() / (double) sorted.length;
        return Math.max(0, Math.max(below - part, part - upTo));
    }

    private <S extends Sketch, R> List<R> inManyOrders(Supplier<S> empty, List<?> values, Function<S, R> answer) {
        var stored = new ArrayList<Object>();
        for (int from = 0; from < values.size(); ) {
            var to = Math.min(values.size(), from + 1 + random.nextInt(values.size() / 10));
            var part = empty.get();
            values.subList(from, to).forEach(part::add);
            stored.add(part.stored());
            from = to;
        }
        var answers = new ArrayList<R>();
        for (int order = 0; order < ORDERS; order++) {
            Collections.shuffle(stored, random);
            answers.add(answer.apply(merged(empty, stored)));
        }
        return answers;
    }

    /** Halves first, as cascades do. */
    private static <S extends Sketch> S merged(Supplier<S> empty, List<Object> stored) {
        var all = empty.get();
        if (stored.size() <= 3) {
            stored.forEach(all::merge);
        } else {
            var half = stored.size() / 2;
            all.merge(merged(empty, stored.subList(0, half)).stored());
            all.merge(merged(empty, stored.subList(half, stored.size())).stored());
        }
        return all;
    }
}
