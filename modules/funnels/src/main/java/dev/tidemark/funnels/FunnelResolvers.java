package dev.tidemark.funnels;

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

/** The field {@code funnel} and what it leads on to. */
final class FunnelResolvers {

    private final Questions questions;

    FunnelResolvers(Questions questions) {
        this.questions = questions;
    }

    Funnel funnel(DataFetchingEnvironment environment) {
        try {
            var project = Caller.of(environment).project();
            var question = question(Arguments.of(environment));
            var store = store(project, question);
            return environment.getSelectionSet().containsAnyOf("rows", "freshness")
                    ? questions.read(project, snapshot -> answer(question, store, snapshot))
                    : new Funnel(question, List.of(), null);
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    LiveQuestion live(Project project, Arguments arguments) {
        try {
            var question = question(arguments);
            return new LiveQuestion(
                    question,
                    LiveQuestion.Read.all(question.collections()),
                    () -> questions.read(project, snapshot -> rows(question, store(project, question), snapshot)));
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    private static LiveQuestion.Rows rows(FunnelQuestion question, FunnelStore store, Snapshot snapshot) {
        var funnel = answer(question, store, snapshot);
        return LiveQuestion.Rows.of(
                Objects.requireNonNull(funnel.freshness()),
                funnel.rows(),
                row -> Arrays.<@Nullable Object>asList(row.bucket(), row.value()));
    }

    private static Funnel answer(FunnelQuestion question, FunnelStore store, Snapshot snapshot) {
        return Funnel.of(question, store.rows(snapshot), snapshot.asOf());
    }

    private FunnelQuestion question(Arguments arguments) {
        return new FunnelInput(questions, arguments.object("input").orElseThrow()).question();
    }

    Explanation explain(DataFetchingEnvironment environment) {
        Funnel funnel = Objects.requireNonNull(environment.getSource());
        var store = store(Caller.of(environment).project(), funnel.question());
        return new Explanation(
                funnel.question().collections(),
                Optional.empty(),
                questions.explain(Caller.of(environment).project(), store::rows));
    }

    Connection<Person> people(DataFetchingEnvironment environment) {
        Funnel funnel = Objects.requireNonNull(environment.getSource());
        var people = PeopleQuestion.of(funnel.question(), Arguments.of(environment), PeoplePage.of(environment));
        var store = store(Caller.of(environment).project(), funnel.question());
        var found = questions.read(Caller.of(environment).project(), snapshot -> store.people(snapshot, people));
        return people.page().of(found);
    }

    private FunnelStore store(Project project, FunnelQuestion question) {
        return new FunnelStore(question, new EventsSql(questions, project, question));
    }
}
