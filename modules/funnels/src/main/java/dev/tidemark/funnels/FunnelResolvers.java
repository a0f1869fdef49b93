package dev.tidemark.funnels;

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

/** The field {@code funnel} and what it leads on to. */
final class FunnelResolvers {

    private final Questions questions;

    FunnelResolvers(Questions questions) {
        this.questions = questions;
    }

    Funnel funnel(DataFetchingEnvironment environment) {
        try {
            var input = Arguments.of(environment).object("input").orElseThrow();
            var question = new FunnelInput(questions, input).question();
            var store = store(environment, question);
            return environment.getSelectionSet().containsAnyOf("rows", "freshness")
                    ? questions.read(
                            Caller.of(environment).project(),
                            snapshot -> Funnel.of(question, store.rows(snapshot), snapshot.asOf()))
                    : new Funnel(question, List.of(), null);
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    Explanation explain(DataFetchingEnvironment environment) {
        Funnel funnel = Objects.requireNonNull(environment.getSource());
        var store = store(environment, funnel.question());
        return new Explanation(
                funnel.question().collections(),
                Optional.empty(),
                questions.explain(Caller.of(environment).project(), store::rows));
    }

    Connection<Person> people(DataFetchingEnvironment environment) {
        Funnel funnel = Objects.requireNonNull(environment.getSource());
        var people = PeopleQuestion.of(funnel.question(), Arguments.of(environment), PeoplePage.of(environment));
        var store = store(environment, funnel.question());
        var found = questions.read(Caller.of(environment).project(), snapshot -> store.people(snapshot, people));
        return people.page().of(found);
    }

    private FunnelStore store(DataFetchingEnvironment environment, FunnelQuestion question) {
        return new FunnelStore(
                question, new EventsSql(questions, Caller.of(environment).project(), question));
    }
}
