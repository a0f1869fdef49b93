package dev.tidemark.core.questions;

import dev.tidemark.core.questions.answers.Aggregation;
import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.core.questions.answers.Cursor;
import dev.tidemark.core.questions.answers.Group;
import dev.tidemark.core.questions.answers.LiveGroup;
import dev.tidemark.core.questions.events.EventRows.Event;
import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.LiveQuestion;
import dev.tidemark.spi.LiveQuestion.Read;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.PeopleAsked;
import dev.tidemark.spi.Person;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question.Order;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;

/** GraphQL's side of aggregates, and of the people and events behind their numbers. */
public final class AggregateResolvers {

    private static final int MOST_GROUPS = 1_000;
    private static final List<Order> BY_PERSON = List.of(new Order(CollectionColumns.PERSON, false));

    private final QuestionEngine questions;

    public AggregateResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    Aggregation aggregate(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return answered(environment, question(project, Arguments.of(environment)));
    }

    LiveQuestion live(Project project, Arguments arguments) {
        var question = question(project, arguments);
        return new LiveQuestion(
                question, reads(question), () -> LiveGroup.rows(question, questions.answer(project, question)));
    }

    /** Of several relations not each has the columns of the filter, and an earlier time is not in its bounds. */
    private static List<Read> reads(Aggregate question) {
        var dependsOnPeople = PeopleAsked.in(question);
        return question.relations().size() == 1 && question.earlier().isEmpty()
                ? List.of(new Read(question.relations().getFirst(), question.filter(), dependsOnPeople))
                : Read.all(question.relations(), dependsOnPeople);
    }

    private Aggregate question(Project project, Arguments arguments) {
        return AggregateInput.question(arguments, questions.relations(project, arguments));
    }

    /** Answers it as far as the request wants to know. */
    public Aggregation answered(DataFetchingEnvironment environment, Aggregate question) {
        var wanted = environment.getSelectionSet();
        if (wanted.containsAnyOf("rows/people", "rows/events")
                && question.first().isEmpty()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Its rows lead on to people or events: say of how many, by first.",
                    "first");
        }
        return wanted.containsAnyOf("rows", "freshness")
                ? Aggregation.of(
                        question, questions.answer(Caller.of(environment).project(), question))
                : Aggregation.unanswered(question);
    }

    public AnsweredPage<Person> people(DataFetchingEnvironment environment) {
        var group = group(environment);
        var page = Page.of(environment);
        var after = page.after().map(cursor -> Cursor.values(cursor, BY_PERSON).getFirst());
        var beyond = after.<Filter>map(last -> new Filter.Compare(CollectionColumns.PERSON, Comparison.GT, last))
                .orElse(new Filter.IsSet(CollectionColumns.PERSON, true));
        var question = Aggregate.of(
                        group.question().relations(),
                        new Filter.And(List.of(group.filter(), beyond)),
                        List.of(new Measure.Count("events")))
                .by(List.of(new Grouping.ByColumn(CollectionColumns.PERSON, CollectionColumns.PERSON)))
                .first(page.first() + 1, BY_PERSON);
        var answer = questions.answer(Caller.of(environment).project(), question);
        var people = answer.rows().stream()
                .map(row -> new Person((String) Objects.requireNonNull(row.getFirst())))
                .toList();
        return AnsweredPage.of(
                question,
                answer,
                people,
                page.first(),
                i -> Cursor.text(BY_PERSON, List.of(people.get(i).id())),
                after.isPresent());
    }

    public AnsweredPage<Event> events(DataFetchingEnvironment environment) {
        var group = group(environment);
        var page = Page.of(environment);
        var project = Caller.of(environment).project();
        return new EventPages(questions, project, group.question().relations()).page(group.filter(), List.of(), page);
    }

    private static Group group(DataFetchingEnvironment environment) {
        Group group = Objects.requireNonNull(environment.getSource());
        if (group.groups().size() > MOST_GROUPS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "The rest leads on only beside at most " + MOST_GROUPS + " groups: ask for a smaller first.",
                    "first");
        }
        return group;
    }
}
