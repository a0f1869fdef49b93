package dev.tidemark.retention;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.LiveQuestion;
import dev.tidemark.spi.PeoplePage;
import dev.tidemark.spi.Person;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Snapshot;
import graphql.schema.DataFetchingEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The field {@code retention} and what it leads on to. */
final class RetentionResolvers {

    private final Questions questions;

    RetentionResolvers(Questions questions) {
        this.questions = questions;
    }

    Retention retention(DataFetchingEnvironment environment) {
        try {
            var project = Caller.of(environment).project();
            var question = question(Arguments.of(environment));
            var events = events(project, question);
            return environment.getSelectionSet().containsAnyOf("rows", "freshness")
                    ? questions.read(project, snapshot -> answer(question, events, snapshot))
                    : new Retention(question, List.of(), null);
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    LiveQuestion live(Project project, Arguments arguments) {
        try {
            var question = question(arguments);
            return new LiveQuestion(
                    question,
                    LiveQuestion.Read.all(question.relations()),
                    () -> questions.read(project, snapshot -> rows(question, events(project, question), snapshot)));
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    private static LiveQuestion.Rows rows(RetentionQuestion question, EventsSql events, Snapshot snapshot) {
        var retention = answer(question, events, snapshot);
        return LiveQuestion.Rows.of(
                Objects.requireNonNull(retention.freshness()),
                retention.rows(),
                row -> Arrays.<@Nullable Object>asList(row.cohort(), row.value()));
    }

    private static Retention answer(RetentionQuestion question, EventsSql events, Snapshot snapshot) {
        return Retention.of(question, new RetentionStore(question, events).cells(snapshot), snapshot.asOf());
    }

    private RetentionQuestion question(Arguments arguments) {
        return new RetentionInput(questions, arguments.object("input").orElseThrow()).question();
    }

    Explanation explain(DataFetchingEnvironment environment) {
        var question = question(environment);
        var events = events(Caller.of(environment).project(), question);
        return new Explanation(
                events.relations(),
                Optional.empty(),
                questions.explain(Caller.of(environment).project(), new RetentionStore(question, events)::cells));
    }

    Connection<Person> people(DataFetchingEnvironment environment) {
        var question = question(environment);
        var people = PeopleQuestion.of(question, Arguments.of(environment), PeoplePage.of(environment));
        var store = new RetentionStore(question, events(Caller.of(environment).project(), question));
        var found = questions.read(Caller.of(environment).project(), snapshot -> store.people(snapshot, people));
        return people.page().of(found);
    }

    private static RetentionQuestion question(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Retention>getSource()).question();
    }

    private EventsSql events(Project project, RetentionQuestion question) {
        return new EventsSql(questions, project, question);
    }
}
