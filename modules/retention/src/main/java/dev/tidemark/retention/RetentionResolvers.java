package dev.tidemark.retention;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.PeoplePage;
import dev.tidemark.spi.Person;
import dev.tidemark.spi.Questions;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The field {@code retention} and what it leads on to. */
final class RetentionResolvers {

    private final Questions questions;

    RetentionResolvers(Questions questions) {
        this.questions = questions;
    }

    Retention retention(DataFetchingEnvironment environment) {
        try {
            var input = Arguments.of(environment).object("input").orElseThrow();
            var question = new RetentionInput(questions, input).question();
            var events = events(environment, question);
            return environment.getSelectionSet().containsAnyOf("rows", "freshness")
                    ? questions.read(
                            Caller.of(environment).project(),
                            snapshot -> Retention.of(
                                    question, new RetentionStore(question, events).cells(snapshot), snapshot.asOf()))
                    : new Retention(question, List.of(), null);
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    Explanation explain(DataFetchingEnvironment environment) {
        var question = question(environment);
        var events = events(environment, question);
        return new Explanation(
                events.relations(),
                Optional.empty(),
                questions.explain(Caller.of(environment).project(), new RetentionStore(question, events)::cells));
    }

    Connection<Person> people(DataFetchingEnvironment environment) {
        var question = question(environment);
        var people = PeopleQuestion.of(question, Arguments.of(environment), PeoplePage.of(environment));
        var store = new RetentionStore(question, events(environment, question));
        var found = questions.read(Caller.of(environment).project(), snapshot -> store.people(snapshot, people));
        return people.page().of(found);
    }

    private static RetentionQuestion question(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Retention>getSource()).question();
    }

    private EventsSql events(DataFetchingEnvironment environment, RetentionQuestion question) {
        return new EventsSql(questions, Caller.of(environment).project(), question);
    }
}
