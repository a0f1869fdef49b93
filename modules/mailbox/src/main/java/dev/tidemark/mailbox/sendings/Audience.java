package dev.tidemark.mailbox.sendings;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Behaviour;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The people whom sendings are for: the rows of the relation {@code customers}, by their ids. */
public final class Audience {

    private static final String CUSTOMERS = "customers";
    private static final String ID = EventCollection.PERSON;
    private static final String EXTRA = "_extra";

    private final Questions questions;
    private final Clock clock;

    public Audience(Questions questions, Clock clock) {
        this.questions = questions;
        this.clock = clock;
    }

    /**
     * How many there are.
     *
     * @throws CallerException when the choice or the template does not fit them
     */
    long count(Project project, Choice choice, Template template) {
        columns(project, template);
        var question =
                Aggregate.of(List.of(CUSTOMERS), filter(project, choice), List.of(new Measure.Count("customers")));
        var row = questions.answer(project, question).rows().getFirst();
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    /** Someone, and what they have of a template's properties. */
    record Recipient(String customer, Map<String, String> properties) {}

    /** The next ones after those who had their turn. */
    List<Recipient> next(Project project, Sending sending, Template template, int first) {
        return found(
                project,
                template,
                filter(project, sending.choice()),
                first,
                Optional.of(List.of(sending.lastCustomer())));
    }

    /** Those of some for whom it is, too. */
    List<Recipient> those(Project project, Sending sending, Template template, List<String> customers) {
        return customers.isEmpty()
                ? List.of()
                : found(
                        project,
                        template,
                        new Filter.And(
                                List.of(new Filter.In(ID, List.copyOf(customers)), filter(project, sending.choice()))),
                        customers.size(),
                        Optional.empty());
    }

    private List<Recipient> found(
            Project project, Template template, Filter filter, int first, Optional<List<@Nullable Object>> after) {
        var columns = columns(project, template);
        var question = new Question.Rows(
                List.of(CUSTOMERS),
                Stream.concat(Stream.of(ID, EXTRA), columns.values().stream().map(Column::name))
                        .distinct()
                        .toList(),
                filter,
                List.of(new Question.Order(ID, false)),
                first,
                after);
        var answer = questions.answer(project, question);
        return answer.rows().stream()
                .map(row -> recipient(named(answer.columns(), row), columns))
                .toList();
    }

    private Filter filter(Project project, Choice choice) {
        var known = choice.condition()
                .map(questions::arguments)
                .map(questions::filter)
                .orElse(Filter.ALL);
        var filters = new ArrayList<>(List.of(known));
        choice.behaviours()
                .map(questions::arguments)
                .map(kept -> Behaviour.filters(kept, CUSTOMERS, known, questions, project, clock.instant()))
                .ifPresent(filters::addAll);
        return new Filter.And(filters);
    }

    /** The columns that a template's names mean, in any spelling. */
    private Map<String, Column> columns(Project project, Template template) {
        var customers = questions.sqlRelation(project, List.of(CUSTOMERS));
        Map<String, Column> columns = new LinkedHashMap<>();
        template.places()
                .forEach(place -> columns.put(
                        place.property(),
                        customers.named(place.property(), "template").column()));
        return columns;
    }

    private static Map<String, @Nullable Object> named(List<String> columns, List<@Nullable Object> row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), row.get(i));
        }
        return values;
    }

    /** What does not fit its column stands beside it. */
    private static Recipient recipient(Map<String, @Nullable Object> values, Map<String, Column> columns) {
        var extra = values.get(EXTRA) instanceof Map<?, ?> beside ? beside : Map.of();
        Map<String, String> properties = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            var value = values.get(column.name());
            var known = value == null ? extra.get(column.label()) : value;
            if (known != null) {
                properties.put(name, text(known));
            }
        });
        return new Recipient(Objects.requireNonNull(values.get(ID)).toString(), properties);
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Double number ->
                new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
