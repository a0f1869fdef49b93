package dev.tidemark.core.questions.events;

import dev.tidemark.core.json.JsonText;
import dev.tidemark.core.questions.sql.FilterFit;
import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.core.questions.sql.ValueOrder;
import dev.tidemark.core.questions.sql.Values;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes tests of filters, for events that are in memory. They mean what {@link FilterSql} writes, and refuse what it refuses;
 * where SQL says null, they say false, which comes to the same, as a negation takes null for false.
 */
final class EventTests {

    private static final String PATH = "where";
    private static final int HALF_A_MICROSECOND = 500;

    private final EventCollection collection;
    private final SqlColumns columns;

    EventTests(EventCollection collection, SqlColumns columns) {
        this.collection = collection;
        this.columns = columns;
    }

    Predicate<StoredEvent> of(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> all(filters);
            case Filter.Or(var filters) -> any(filters);
            case Filter.Not(var negated) -> of(negated).negate();
            case Filter.IsSet(var column, var set) -> isSet(named(column), set);
            case Filter.Compare(var column, var comparison, var value) -> compared(named(column), comparison, value);
            case Filter.In(var column, var values) -> oneOf(named(column), values);
            case Filter.Matches matches -> matching(named(matches.column()), matches);
            case Filter.InGroup _, Filter.InQuery _ ->
                throw new IllegalArgumentException(filter + " is about rows of an answer, not about events.");
        };
    }

    private SqlColumn named(String name) {
        if (name.startsWith(EventCollection.OF_PERSON)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "\"" + Shown.of(name) + "\" is asked of stored events: filter what comes by what events say.",
                    PATH);
        }
        return columns.named(name, PATH);
    }

    private Predicate<StoredEvent> all(List<Filter> filters) {
        var tests = filters.stream().map(this::of).toList();
        return event -> tests.stream().allMatch(test -> test.test(event));
    }

    private Predicate<StoredEvent> any(List<Filter> filters) {
        var tests = filters.stream().map(this::of).toList();
        return event -> tests.stream().anyMatch(test -> test.test(event));
    }

    private Predicate<StoredEvent> isSet(SqlColumn column, boolean set) {
        var read = EventColumn.of(collection, column.column().name());
        return event -> (read.value(event) != null) == set;
    }

    private Predicate<StoredEvent> compared(SqlColumn column, Comparison comparison, Object value) {
        FilterFit.requireOrdered(column, comparison, PATH);
        var right = operand(column, value);
        var equal = equality(column);
        return switch (comparison) {
            case EQ -> test(column, found -> equal.test(found, right));
            case NE -> test(column, found -> equal.test(found, right)).negate();
            case LT -> test(column, found -> ValueOrder.compare(found, right) < 0);
            case LTE -> test(column, found -> ValueOrder.compare(found, right) <= 0);
            case GT -> test(column, found -> ValueOrder.compare(found, right) > 0);
            case GTE -> test(column, found -> ValueOrder.compare(found, right) >= 0);
        };
    }

    private Predicate<StoredEvent> oneOf(SqlColumn column, List<Object> values) {
        var operands = values.stream().map(value -> operand(column, value)).toList();
        var equal = equality(column);
        return test(column, found -> operands.stream().anyMatch(operand -> equal.test(found, operand)));
    }

    private Predicate<StoredEvent> matching(SqlColumn column, Filter.Matches matches) {
        FilterFit.requireText(column, PATH);
        var text = (String) operand(column, matches.text());
        return switch (matches.match()) {
            case CONTAINS -> test(column, found -> ((String) found).contains(text));
            case STARTS_WITH -> test(column, found -> ((String) found).startsWith(text));
            case ENDS_WITH -> test(column, found -> ((String) found).endsWith(text));
        };
    }

    private Predicate<StoredEvent> test(SqlColumn column, Predicate<Object> test) {
        var read = EventColumn.of(collection, column.column().name());
        return event -> {
            var found = read.value(event);
            return found != null && test.test(found);
        };
    }

    /** What the value is in the column's type, or in that of its elements, as PostgreSQL takes it. */
    private static Object operand(SqlColumn column, Object value) {
        var operand = Values.elementOf(column, value, PATH).value();
        return switch (operand) {
            case Instant instant -> instant.plusNanos(HALF_A_MICROSECOND).truncatedTo(ChronoUnit.MICROS);
            case String json when column.type() == ColumnType.JSON -> Objects.requireNonNull(JsonText.read(json));
            default -> operand;
        };
    }

    /** A list equals a value when one of its elements does. */
    private static BiPredicate<Object, Object> equality(SqlColumn column) {
        if (column.type().isList()) {
            return (list, value) -> ((List<?>) list).stream().anyMatch(element -> isEqual(element, value));
        }
        return column.type() == ColumnType.JSON ? JsonEquality::test : EventTests::isEqual;
    }

    private static boolean isEqual(@Nullable Object found, Object value) {
        return found != null && (found instanceof String ? found.equals(value) : ValueOrder.compare(found, value) == 0);
    }
}
