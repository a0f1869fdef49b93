package dev.tidemark.core.questions.input;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import java.util.Locale;

/** Reads GraphQL's {@code Measure}. */
final class MeasureInput {

    private static final int USUAL_TOP = 10;

    private final Arguments input;
    private final Kind kind;

    private MeasureInput(Arguments input) {
        this.input = input;
        this.kind = input.constant("measure", Kind.class).orElseThrow();
    }

    private enum Kind {
        COUNT,
        DISTINCT,
        APPROXIMATE_DISTINCT,
        SUM,
        AVG,
        MIN,
        MAX,
        PERCENTILE,
        TOP
    }

    static Measure measure(Arguments input) {
        return new MeasureInput(input).whole();
    }

    private Measure whole() {
        var own = filtered(measure());
        return input.object("over")
                .map(MeasureInput::new)
                .map(over -> over.filtered(over.part()))
                .<Measure>map(over -> new Measure.Ratio(ratioName(own, over), own, over))
                .orElse(own);
    }

    private Measure part() {
        refuse("over", true);
        return measure();
    }

    private Measure filtered(Measure measure) {
        return input.object("where").isPresent() ? new Measure.Filtered(measure, ConditionInput.of(input)) : measure;
    }

    private String ratioName(Measure own, Measure over) {
        return input.text("as").orElseGet(() -> own.name() + "_per_" + over.name());
    }

    private Measure measure() {
        refuse("of", kind == Kind.COUNT);
        refuse("p", kind != Kind.PERCENTILE);
        refuse("n", kind != Kind.TOP);
        return switch (kind) {
            case COUNT -> new Measure.Count(name());
            case DISTINCT -> new Measure.Distinct(name(), of());
            case APPROXIMATE_DISTINCT -> new Measure.ApproximateDistinct(name(), of());
            case SUM -> new Measure.Sum(name(), of());
            case AVG -> new Measure.Average(name(), of());
            case MIN -> new Measure.Min(name(), of());
            case MAX -> new Measure.Max(name(), of());
            case PERCENTILE -> new Measure.Percentile(name(), of(), p());
            case TOP -> new Measure.Top(name(), of(), input.number("n").orElse(USUAL_TOP));
        };
    }

    private String name() {
        var kindName = kind.name().toLowerCase(Locale.ROOT);
        return input.text("as").orElseGet(() -> kind == Kind.COUNT ? kindName : kindName + "_" + of());
    }

    private String of() {
        return input.text("of").orElseThrow(() -> refused(kind + " needs a property: add of."));
    }

    private double p() {
        return input.value("p")
                .map(p -> ((Number) p).doubleValue())
                .orElseThrow(() -> refused("PERCENTILE needs p, from 0 to 1."));
    }

    private void refuse(String argument, boolean isForeign) {
        if (isForeign && input.value(argument).isPresent()) {
            throw refused(kind + " takes no " + argument + " here: leave it out.");
        }
    }

    private static CallerException refused(String message) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, message, "measures");
    }
}
