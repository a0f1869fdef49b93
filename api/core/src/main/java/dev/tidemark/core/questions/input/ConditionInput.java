package dev.tidemark.core.questions.input;

import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Filter.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads GraphQL's {@code Condition}, and its likes that have a field for each column. */
public final class ConditionInput {

    /** The field of typed conditions on events under which those on the person behind one are. */
    public static final String PERSON_PROPERTIES = "personProperties";

    private static final int MOST_DEPTH = 10;
    private static final int MOST_CONDITIONS = 200;
    private static final int MOST_VALUES = 1_000;

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "eq", Comparison.EQ,
            "ne", Comparison.NE,
            "lt", Comparison.LT,
            "lte", Comparison.LTE,
            "gt", Comparison.GT,
            "gte", Comparison.GTE);
    private static final Map<String, Match> MATCHES = Map.of(
            "contains", Match.CONTAINS,
            "startsWith", Match.STARTS_WITH,
            "endsWith", Match.ENDS_WITH);

    private final BiFunction<String, Arguments, Tests> leaf;
    private int conditions;

    private ConditionInput(BiFunction<String, Arguments, Tests> leaf) {
        this.leaf = leaf;
    }

    /** What is asked of one column: values by the names of tests. */
    private record Tests(String column, Map<String, @Nullable Object> tests) {}

    /** The argument {@code where}, which names properties; without it every event passes. */
    public static Filter of(Arguments arguments) {
        return arguments.object("where").map(ConditionInput::filter).orElse(Filter.ALL);
    }

    public static Filter filter(Arguments condition) {
        return new ConditionInput((field, property) -> named(property)).filter(condition, "", 1);
    }

    /**
     * The argument {@code where} of typed fields; without it every row passes.
     *
     * @param columns the column of a field; of one below {@link #PERSON_PROPERTIES} by both, joined by a dot
     */
    public static Filter typed(Arguments arguments, UnaryOperator<String> columns) {
        var input = new ConditionInput((field, tests) -> new Tests(columns.apply(field), tests.values()));
        return arguments
                .object("where")
                .map(where -> input.filter(where, "", 1))
                .orElse(Filter.ALL);
    }

    private static Tests named(Arguments property) {
        var tests = new LinkedHashMap<String, @Nullable Object>(property.values());
        tests.remove("name");
        return new Tests(property.required("name"), tests);
    }

    /** @param above the field that it is under, and a dot */
    private Filter filter(Arguments condition, String above, int depth) {
        if (depth > MOST_DEPTH) {
            throw tooComplex("Conditions are nested deeper than " + MOST_DEPTH + ": write them flatter.");
        }
        count();
        var field = condition.values().keySet().iterator().next(); // the only one: the input is @oneOf
        return switch (field) {
            case "and" -> new Filter.And(filters(condition.objects(field, MOST_CONDITIONS), above, depth));
            case "or" -> new Filter.Or(filters(condition.objects(field, MOST_CONDITIONS), above, depth));
            case "not" -> new Filter.Not(filter(condition.object(field).orElseThrow(), above, depth + 1));
            case PERSON_PROPERTIES -> filter(condition.object(field).orElseThrow(), field + ".", depth + 1);
            default -> tests(leaf.apply(above + field, condition.object(field).orElseThrow()));
        };
    }

    private List<Filter> filters(List<Arguments> conditions, String above, int depth) {
        return conditions.stream().map(inner -> filter(inner, above, depth + 1)).toList();
    }

    private Filter tests(Tests given) {
        var tests = given.tests().entrySet().stream()
                .map(test -> test(given.column(), test.getKey(), value(test)))
                .toList();
        if (tests.isEmpty()) {
            throw refused(
                    "Property \"" + Shown.of(given.column()) + "\" is named without a test: add one, such as eq.");
        }
        return tests.size() == 1 ? tests.getFirst() : new Filter.And(tests);
    }

    private Filter test(String name, String test, Object value) {
        count();
        var comparison = COMPARISONS.get(test);
        if (comparison != null) {
            return new Filter.Compare(name, comparison, value);
        }
        var match = MATCHES.get(test);
        if (match != null) {
            return new Filter.Matches(name, match, value.toString());
        }
        return value instanceof List<?> values
                ? new Filter.In(name, values(values))
                : new Filter.IsSet(name, (Boolean) value);
    }

    private static List<Object> values(List<?> values) {
        if (values.size() > MOST_VALUES) {
            throw tooComplex("in has " + values.size() + " values, and " + MOST_VALUES + " are allowed.");
        }
        return new ArrayList<>(values.stream().map(Objects::requireNonNull).toList());
    }

    private static Object value(Map.Entry<String, @Nullable Object> test) {
        return Optional.<Object>ofNullable(test.getValue())
                .orElseThrow(
                        () -> refused("Nothing compares with null: leave " + test.getKey() + " out, or use isSet."));
    }

    private void count() {
        if (++conditions > MOST_CONDITIONS) {
            throw tooComplex(
                    "There are more than " + MOST_CONDITIONS + " conditions: use in, or ask in several requests.");
        }
    }

    private static CallerException tooComplex(String message) {
        return new CallerException(ErrorCode.QUERY_TOO_COMPLEX, message, "where");
    }

    private static CallerException refused(String message) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, message, "where");
    }
}
