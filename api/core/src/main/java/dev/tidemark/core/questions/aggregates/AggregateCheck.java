package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Output;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Question.OrderedValue;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Refuses an aggregate that contradicts itself. */
public final class AggregateCheck {

    private AggregateCheck() {}

    public static List<String> names(Aggregate question) {
        return Stream.concat(
                        question.groupings().stream().map(Grouping::name),
                        question.measures().stream().map(Measure::name))
                .toList();
    }

    /** @param outputs all of the question but what is gathered once the groups are known */
    static void requireSound(Aggregate question, List<Output> outputs) {
        requireDistinctNames(question);
        require(!question.measures().isEmpty(), "Ask for at least one measure, such as count.", "measures");
        require(question.first().orElse(1) >= 1, "The number of rows is at least 1.", "first");
        for (var order : question.order()) {
            output(outputs, question, order.by(), "orderBy");
            if (order.value() != OrderedValue.VALUE) {
                require(question.earlier().isPresent(), "Nothing has a change without compare: add it.", "orderBy");
                requireNumber(outputs, question, order.by(), "orderBy");
            }
        }
        for (var having : question.having()) {
            requireNumber(outputs, question, having.measure(), "having");
        }
        requireSoundRest(question);
        requireSoundGaps(question);
    }

    private static void requireNumber(List<Output> outputs, Aggregate question, String name, String path) {
        var isNumber = output(outputs, question, name, path).isNumber();
        var isMeasure = question.groupings().stream()
                .noneMatch(grouping -> grouping.name().equals(name));
        require(isMeasure && isNumber, "Only a measure that is a number can be compared, not \"" + name + "\".", path);
    }

    private static void requireDistinctNames(Aggregate question) {
        var seen = new HashSet<String>();
        for (var name : names(question)) {
            require(
                    seen.add(name),
                    "Two results are named \"" + Shown.of(name)
                            + "\": give one of them another name, by as or an alias.",
                    "measures");
        }
    }

    private static void requireSoundRest(Aggregate question) {
        if (question.rest()) {
            require(question.first().isPresent(), "There is a rest only beyond the first groups: add first.", "rest");
            require(
                    !question.groupings().isEmpty(),
                    "There is a rest only of groups: add groupBy or timeBucket.",
                    "rest");
            require(!question.fillGaps(), "Either fillGaps or rest: the rest has no place among the buckets.", "rest");
        }
    }

    private static void requireSoundGaps(Aggregate question) {
        var buckets = question.groupings().stream()
                .filter(Grouping.ByBucket.class::isInstance)
                .map(grouping -> ((Grouping.ByBucket) grouping).column())
                .toList();
        require(
                !question.fillGaps() || !buckets.isEmpty(),
                "Gaps can be filled between the buckets of a timeBucket: add it.",
                "fillGaps");
        require(
                !question.fillGaps() || buckets.lastIndexOf(buckets.getFirst()) == 0,
                "Gaps can be filled where the first bucket is the only one of its property.",
                "fillGaps");
    }

    private static Output output(List<Output> outputs, Aggregate question, String name, String path) {
        var gathered = question.measures().stream()
                .filter(measure ->
                        Gathered.of(measure).filter(Gathered::isNumber).isPresent())
                .map(measure -> Output.number(measure.name(), sql("null")));
        return Stream.concat(outputs.stream(), gathered)
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    var known = names(question);
                    var message = known.contains(name)
                            ? "\"" + Shown.of(name)
                                    + "\" is made after the groups are chosen: they can neither be ordered by it nor compared with it."
                            : "Nothing in this question is named \"" + Shown.of(name) + "\"."
                                    + Nearest.hint(Shown.of(name), known);
                    return new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
                });
    }

    private static void require(boolean condition, String message, String path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}
