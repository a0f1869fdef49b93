package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.rollups.sketches.PercentileSketch;
import dev.tidemark.rollups.sketches.Sketch;
import dev.tidemark.rollups.sketches.TopSketch;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Merger;
import dev.tidemark.spi.SqlFragment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Merges the sketches, and the values that are in none yet, of one group. */
final class SketchMerger<S extends Sketch> implements Merger {

    private final S sketch;
    private final Function<S, @Nullable Object> answer;

    private SketchMerger(S sketch, Function<S, @Nullable Object> answer) {
        this.sketch = sketch;
        this.answer = answer;
    }

    /**
     * The measure of a rollup's table that answers one of events.
     *
     * @param union unites the sketches of each group before they are merged
     */
    static Measure distinct(String name, SketchPart part, Optional<UnaryOperator<SqlFragment>> union) {
        return measure(
                name, part, true, union, () -> new SketchMerger<>(new DistinctSketch(), DistinctSketch::distinct));
    }

    static Measure percentile(String name, SketchPart part, double p) {
        return measure(
                name,
                part,
                true,
                Optional.empty(),
                () -> new SketchMerger<>(
                        new PercentileSketch(),
                        sketch -> sketch.percentile(p).stream()
                                .boxed()
                                .findFirst()
                                .orElse(null)));
    }

    static Measure top(String name, SketchPart part, int n) {
        return measure(
                name,
                part,
                false,
                Optional.empty(),
                () -> new SketchMerger<>(
                        new TopSketch(), sketch -> tops(sketch, part.of().type(), n)));
    }

    private static Measure measure(
            String name,
            SketchPart part,
            boolean isNumber,
            Optional<UnaryOperator<SqlFragment>> union,
            Supplier<Merger> merger) {
        return new Measure.Merged(name, isNumber, List.of(SketchPart.value(part.of()), part.stored()), union, merger);
    }

    private static List<Answer.Top> tops(TopSketch sketch, ColumnType type, int n) {
        return sketch.top(n, order(type)).stream()
                .map(counter -> new Answer.Top(
                        type == ColumnType.LONG ? (Object) Long.valueOf(counter.getKey()) : counter.getKey(),
                        counter.getValue()))
                .toList();
    }

    /** Events are ordered so: numbers by their size, texts by their code points. */
    private static Comparator<String> order(ColumnType type) {
        return type == ColumnType.LONG
                ? Comparator.comparingLong(Long::parseLong)
                : Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);
    }

    @Override
    public void add(List<@Nullable Object> values) {
        var value = values.get(0);
        var stored = values.get(1);
        if (stored != null) {
            sketch.merge(stored);
        }
        if (value != null) {
            sketch.add(value);
        }
    }

    @Override
    public long bytes() {
        return sketch.bytes();
    }

    @Override
    public @Nullable Object result() {
        return answer.apply(sketch);
    }
}
