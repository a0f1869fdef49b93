package dev.tidemark.core.questions.input;

import dev.tidemark.core.questions.aggregates.Groups;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Earlier;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Question.OrderedValue;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the arguments of GraphQL's {@code aggregate}. */
public final class AggregateInput {

    public static final String BUCKET = "bucket";

    public static final int MOST_MEASURES = 20;
    public static final int MOST_GROUPINGS = 10;
    private static final int MOST_ORDERS = 10;

    private final Arguments arguments;
    private final ZoneId zone;

    private AggregateInput(Arguments arguments) {
        this.arguments = arguments;
        this.zone = zone(arguments);
    }

    /** The question of the field that names properties. */
    public static Aggregate question(Arguments arguments, List<String> relations) {
        return question(
                arguments,
                relations,
                ConditionInput.of(arguments),
                new AggregateInput(arguments).groupings(),
                arguments.objects("measures", MOST_MEASURES).stream()
                        .map(MeasureInput::measure)
                        .toList());
    }

    /** The question, by those arguments that all aggregates have. */
    public static Aggregate question(
            Arguments arguments,
            List<String> relations,
            Filter filter,
            List<Grouping> groupings,
            List<Measure> measures) {
        var input = new AggregateInput(arguments);
        return new Aggregate(
                relations,
                Stream.concat(input.buckets().stream(), groupings.stream()).toList(),
                measures,
                filter,
                arguments.objects("having", MOST_MEASURES).stream()
                        .flatMap(AggregateInput::having)
                        .toList(),
                orders(arguments, MOST_ORDERS),
                first(arguments),
                arguments.flag("fillGaps"),
                arguments.flag("rest"),
                input.earlier(),
                arguments.flag("approximate"));
    }

    public static List<Order> orders(Arguments arguments, int most) {
        return arguments.objects("orderBy", most).stream()
                .map(order -> new Order(
                        order.required("by"),
                        order.required("direction").equals("DESC"),
                        order.constant("value", OrderedValue.class).orElse(OrderedValue.VALUE)))
                .toList();
    }

    private List<ByBucket> buckets() {
        var inputs = arguments.objects("timeBucket", MOST_GROUPINGS);
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> bucket(inputs.get(i), i == 0))
                .toList();
    }

    private ByBucket bucket(Arguments input, boolean isFirst) {
        var property = input.required("property");
        var unit = input.constant("unit", TimeUnit.class).orElseThrow();
        var name = input.text("as")
                .orElseGet(() -> isFirst ? BUCKET : property + "_" + unit.name().toLowerCase(Locale.ROOT));
        return new ByBucket(name, property, unit, input.number("every").orElseThrow(), zone);
    }

    private Optional<Earlier> earlier() {
        var column = buckets().stream().findFirst().map(ByBucket::column).orElse(CollectionColumns.TIME);
        return arguments
                .constant("compare", EarlierTimes.class)
                .map(earlier -> new Earlier(column, zone, earlier.back));
    }

    /** GraphQL's names of earlier times. */
    private enum EarlierTimes {
        PREVIOUS_PERIOD(Optional.empty()),
        PREVIOUS_DAY(Optional.of(Period.ofDays(1))),
        PREVIOUS_WEEK(Optional.of(Period.ofWeeks(1))),
        PREVIOUS_MONTH(Optional.of(Period.ofMonths(1))),
        PREVIOUS_QUARTER(Optional.of(Period.ofMonths(3))),
        PREVIOUS_YEAR(Optional.of(Period.ofYears(1)));

        private final Optional<Period> back;

        EarlierTimes(Optional<Period> back) {
            this.back = back;
        }
    }

    private List<Grouping> groupings() {
        return arguments.objects("groupBy", MOST_GROUPINGS).stream()
                .map(this::grouping)
                .toList();
    }

    private Grouping grouping(Arguments input) {
        var part = input.constant("part", DatePart.class);
        var property = input.text("property");
        if (part.isPresent()) {
            var name = input.text("as").orElse(part.get().name().toLowerCase(Locale.ROOT));
            return new Grouping.ByPart(name, property.orElse(CollectionColumns.TIME), part.get(), zone);
        }
        var column =
                property.orElseThrow(() -> refused("Name the property to group by, or a part of the time.", "groupBy"));
        return new Grouping.ByColumn(input.text("as").orElse(column), column);
    }

    private static Stream<Having> having(Arguments input) {
        var measure = input.required("measure");
        return Stream.of(Comparison.values())
                .flatMap(comparison -> input.value(comparison.name().toLowerCase(Locale.ROOT)).stream()
                        .map(value -> new Having(measure, comparison, (Number) value)));
    }

    private static OptionalInt first(Arguments arguments) {
        var first = arguments.number("first");
        if (first.isPresent() && (first.get() < 1 || first.get() > Groups.MOST)) {
            throw refused("Ask for 1 to " + Groups.MOST + " groups.", "first");
        }
        return first.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** The argument {@code zone}; a relation without times has none. */
    public static ZoneId zone(Arguments arguments) {
        return ZoneInput.zone(arguments.text("zone").orElse("UTC"));
    }

    private static CallerException refused(String message, String path) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
    }
}
