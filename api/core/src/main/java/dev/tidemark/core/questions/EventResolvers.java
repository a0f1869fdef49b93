package dev.tidemark.core.questions;

import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.core.questions.events.EventRows;
import dev.tidemark.core.questions.events.EventRows.Event;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Relation;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** GraphQL's side of events: pages of them, and one by its id. */
final class EventResolvers {

    private static final Pattern LOCAL_ID = Pattern.compile("(.+):(\\d{1,18})");

    private final QuestionEngine questions;

    EventResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    AnsweredPage<Event> events(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var columns = questions.collection(project, arguments.required("collection"));
        return new EventPages(questions, project, List.of(columns.collection().name()))
                .page(
                        ConditionInput.of(arguments),
                        order(arguments, CollectionColumns.of(columns)),
                        Page.of(environment));
    }

    /** @param local the table and the event's id, joined by a colon */
    Optional<Event> event(Caller caller, String local) {
        var place = LOCAL_ID.matcher(local);
        return place.matches() ? event(caller.project(), place.group(1), place.group(2)) : Optional.empty();
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

    /** The rows of relations that the arguments of {@code events} mean, with all columns, in no order but what is asked. */
    static Question.Rows question(Arguments arguments, List<String> relations, Relation relation) {
        return new Question.Rows(
                relations,
                relation.columns().stream().map(Relation.Column::name).toList(),
                ConditionInput.of(arguments),
                RowPages.orders(arguments),
                arguments.number("first").orElseThrow(),
                Optional.empty());
    }

    private static List<Order> order(Arguments arguments, SqlColumns columns) {
        return RowPages.orders(arguments).stream()
                .map(by -> new Order(columns.named(by.by(), "orderBy").column().name(), by.descending(), by.value()))
                .toList();
    }
}
