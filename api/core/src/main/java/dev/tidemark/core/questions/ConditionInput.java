package dev.tidemark.core.questions;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Filter.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads GraphQL's {@code Condition}. */
final class ConditionInput {

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

    private int conditions;

    private ConditionInput() {}

    /** The argument {@code where}; without it every event passes. */
    static Filter of(Arguments arguments) {
        return arguments.object("where").map(ConditionInput::filter).orElse(Filter.ALL);
    }

    static Filter filter(Arguments condition) {
        return new ConditionInput().filter(condition, 1);
    }

    private Filter filter(Arguments condition, int depth) {
        if (depth > MOST_DEPTH) {
            throw tooComplex("Conditions are nested deeper than " + MOST_DEPTH + ": write them flatter.");
        }
        count();
        if (condition.has("and")) {
            return new Filter.And(filters(condition.objects("and", MOST_CONDITIONS), depth));
        }
        if (condition.has("or")) {
            return new Filter.Or(filters(condition.objects("or", MOST_CONDITIONS), depth));
        }
        return condition
                .object("not")
                .<Filter>map(not -> new Filter.Not(filter(not, depth + 1)))
                .orElseGet(() -> tests(condition.object("property").orElseThrow()));
    }

    private List<Filter> filters(List<Arguments> conditions, int depth) {
        return conditions.stream().map(inner -> filter(inner, depth + 1)).toList();
    }

    private Filter tests(Arguments property) {
        var name = property.required("name");
        var tests = property.values().keySet().stream()
                .filter(test -> !test.equals("name"))
                .map(test -> test(name, test, given(property, test)))
                .toList();
        if (tests.isEmpty()) {
            throw refused("Property \"" + Shown.of(name) + "\" is named without a test: add one, such as eq.");
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

    private static Object given(Arguments property, String test) {
        return property.value(test)
                .orElseThrow(() -> refused("Nothing compares with null: leave " + test + " out, or use isSet."));
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
