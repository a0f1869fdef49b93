package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.rollups.sketches.PercentileSketch;
import dev.tidemark.rollups.sketches.TopSketch;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlFragment;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes measures of events out of measures of a rollup's table.
 *
 * @param union how SQL unites sketches of distinct values; empty: it does not
 */
record RollupMeasures(Rollup rollup, Optional<UnaryOperator<SqlFragment>> union) {

    /**
     * The measure of the table that says the same.
     *
     * @throws CallerException when the rollup does not keep what it takes
     */
    Measure ofTable(Measure measure) {
        return switch (measure) {
            case Measure.Count(var name) -> new Measure.Total(name, RollupTable.COUNT);
            case Measure.Sum(var name, var of) -> new Measure.Sum(name, part(measure, Part.Kind.SUM, of));
            case Measure.Average(var name, var of) ->
                new Measure.Ratio(
                        name,
                        new Measure.Sum(name, part(measure, Part.Kind.SUM, of)),
                        new Measure.Sum(name, part(measure, Part.Kind.NUMBER, of)));
            case Measure.Min(var name, var of) ->
                new Measure.Min(name, isDimension(of) ? of : part(measure, Part.Kind.LEAST, of));
            case Measure.Max(var name, var of) ->
                new Measure.Max(name, isDimension(of) ? of : part(measure, Part.Kind.GREATEST, of));
            case Measure.Distinct(var name, var of) when isDimension(of) -> measure;
            case Measure.Filtered(var inner, var filter) ->
                new Measure.Filtered(ofTable(inner), new DimensionTexts(rollup).kept(filter));
            case Measure.Ratio(var name, var dividend, var divisor) ->
                new Measure.Ratio(name, ofTable(dividend), ofTable(divisor));
            case Measure.ApproximateDistinct(var name, var of) ->
                SketchMerger.distinct(name, sketch(measure, SketchPart.Kind.DISTINCT, of), union);
            case Measure.Percentile(var name, var of, var p) ->
                SketchMerger.percentile(name, sketch(measure, SketchPart.Kind.DIGEST, of), p);
            case Measure.Top(var name, var of, var n) ->
                SketchMerger.top(name, sketch(measure, SketchPart.Kind.TOP, of), n);
            case Measure.Distinct(var name, var of) -> throw missing(measure, of);
            case Measure.Total(var name, var of) -> throw missing(measure, of);
            case Measure.Merged _ -> throw missing(measure, "");
        };
    }

    /** Whether the rollup keeps what the measure takes. */
    boolean keeps(Measure measure) {
        try {
            var _ = ofTable(measure);
            return true;
        } catch (CallerException e) {
            return false;
        }
    }

    /** By how much the measure can be wrong, relative; empty: not at all. */
    static Optional<Double> error(Measure measure) {
        return switch (measure) {
            case Measure.ApproximateDistinct _ -> Optional.of(DistinctSketch.ERROR);
            case Measure.Percentile _ -> Optional.of(PercentileSketch.ERROR);
            case Measure.Top _ -> Optional.of(TopSketch.ERROR);
            case Measure.Filtered(var inner, var filter) -> error(inner);
            case Measure.Ratio(var name, var dividend, var divisor) ->
                Stream.concat(error(dividend).stream(), error(divisor).stream()).max(Double::compare);
            default -> Optional.empty();
        };
    }

    /** The value of the measure out of that of the table's. */
    @Nullable
    Object value(Measure measure, @Nullable Object ofTable) {
        return switch (measure) {
            case Measure.Sum(var name, var of) when ofTable instanceof BigDecimal sum && isWhole(of) -> whole(sum);
            case Measure.Filtered(var inner, var filter) -> value(inner, ofTable);
            default -> ofTable;
        };
    }

    private boolean isDimension(String column) {
        return rollup.dimension(column).isPresent();
    }

    private boolean isWhole(String column) {
        return part(Part.Kind.SUM, column)
                .filter(part -> part.of().type() == ColumnType.LONG)
                .isPresent();
    }

    private static Object whole(BigDecimal sum) {
        var exact = sum.toBigIntegerExact();
        return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
    }

    private String part(Measure measure, Part.Kind kind, String column) {
        return part(kind, column).orElseThrow(() -> missing(measure, column)).column();
    }

    private Optional<Part> part(Part.Kind kind, String column) {
        return rollup.parts().stream()
                .filter(part -> part.kind() == kind)
                .filter(part -> part.of().isCalled(column))
                .findFirst();
    }

    private SketchPart sketch(Measure measure, SketchPart.Kind kind, String column) {
        return rollup.sketches().stream()
                .filter(part -> part.kind() == kind)
                .filter(part -> part.of().isCalled(column))
                .findFirst()
                .orElseThrow(() -> missing(measure, column));
    }

    private CallerException missing(Measure measure, String column) {
        var kept = rollup.measures().stream()
                .map(each -> each.measure() + " of \"" + each.of() + '"')
                .collect(Collectors.joining(", "));
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Rollup \"%s\" does not keep what \"%s\" of \"%s\" takes, but COUNT%s: ask the collection."
                        .formatted(rollup.name(), measure.name(), column, kept.isEmpty() ? "" : ", " + kept),
                "measures");
    }
}
