package dev.tidemark.core.questions;

import dev.tidemark.core.naming.GlobalId;
import dev.tidemark.core.questions.EventConnection.Edge;
import dev.tidemark.core.questions.EventConnection.Event;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of events: pages of them, and one by its id. */
final class EventResolvers {

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_ORDERS = 3;
    private static final Pattern LOCAL_ID = Pattern.compile("(.+):(\\d{1,18})");

    private final QuestionEngine questions;

    EventResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    EventConnection events(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var columns = questions.collection(project, arguments.required("collection"));
        var rows = new EventRows(project, columns.collection());
        var order = order(arguments, CollectionColumns.of(columns));
        var after = arguments.text("after").map(cursor -> Cursor.values(cursor, order));
        var first = first(arguments);
        var answer = questions.answer(
                project,
                new Question.Rows(
                        List.of(columns.collection().name()),
                        both(rows.columns(), order.stream().map(Order::by).toList()),
                        ConditionInput.of(arguments),
                        order,
                        first + 1,
                        after));
        var edges = answer.rows().stream()
                .limit(first)
                .map(row ->
                        new Edge(Cursor.text(order, row.subList(rows.columns().size(), row.size())), rows.event(row)))
                .toList();
        return EventConnection.of(edges, answer.rows().size() > first, after.isPresent());
    }

    /** Null for what is not there, another project's things included. */
    @Nullable
    Event node(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return GlobalId.parse(Arguments.of(environment).required("id"))
                .filter(id -> id.type().equals(EventRows.TYPE) && id.project() == project.id())
                .flatMap(id -> event(project, id.local()))
                .orElse(null);
    }

    /** @param local the table and the event's id, joined by a colon */
    private Optional<Event> event(Project project, String local) {
        var place = LOCAL_ID.matcher(local);
        return place.matches() ? event(project, place.group(1), place.group(2)) : Optional.empty();
    }

    private Optional<Event> event(Project project, String table, String id) {
        return questions
                .find(project, table)
                .map(columns -> new EventRows(project, columns.collection()))
                .flatMap(rows -> questions
                        .answer(
                                project,
                                new Question.Rows(
                                        List.of(rows.collection().name()),
                                        rows.columns(),
                                        new Filter.Compare(CollectionColumns.ID, Comparison.EQ, id),
                                        List.of(),
                                        1,
                                        Optional.empty()))
                        .rows()
                        .stream()
                        .findFirst()
                        .map(rows::event));
    }

    /** By columns' names, the id last: it tells apart what is otherwise equal. */
    private static List<Order> order(Arguments arguments, SqlColumns columns) {
        var asked = AggregateInput.orders(arguments, MOST_ORDERS).stream()
                .map(by -> new Order(columns.named(by.by(), "orderBy").column().name(), by.descending()))
                .toList();
        var descending = asked.isEmpty() || asked.getLast().descending();
        return both(asked, List.of(new Order(CollectionColumns.ID, descending)));
    }

    private static int first(Arguments arguments) {
        var first = arguments.number("first").orElseThrow();
        if (first < 1 || first > MOST_EVENTS) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "Ask for 1 to " + MOST_EVENTS + " events.", "first");
        }
        return first;
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
