package dev.tidemark.realtime;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SharedFeeds;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.List;

/** GraphQL's side of reports. */
final class ReportResolvers {

    private final Databases databases;
    private final Questions questions;
    private final Clock clock;
    private final ReportStore store;
    private final FollowedAnswers followed = FollowedAnswers.ofHeap();
    private final SharedFeeds<String, RealtimeAnswer> feeds =
            new SharedFeeds<>("realtime", ReportStore.MOST, this::feed);

    ReportResolvers(ModuleContext context, ReportStore store) {
        this.databases = context.databases();
        this.questions = context.questions();
        this.clock = context.clock();
        this.store = store;
    }

    List<Report> reports(DataFetchingEnvironment environment) {
        return databases.of(Caller.of(environment).project()).transaction(store::reports);
    }

    RealtimeAnswer answer(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return answer(project, report(project, name(environment)));
    }

    Feed<RealtimeAnswer> follow(DataFetchingEnvironment environment) {
        return feeds.feed(Caller.of(environment).project(), name(environment));
    }

    Created create(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var input = Arguments.of(environment).object("input").orElseThrow();
        var report = new ReportInput(input).report(clock.instant());
        var _ = answer(project, report);
        databases.of(project).transaction(connection -> {
            store.create(connection, report);
            return report;
        });
        return new Created(report);
    }

    Deleted delete(DataFetchingEnvironment environment) {
        var name = Arguments.of(environment).object("input").orElseThrow().required("name");
        var project = Caller.of(environment).project();
        if (!databases.of(project).transaction(connection -> store.delete(connection, name))) {
            throw missing(name).within("name");
        }
        return new Deleted(name);
    }

    /** The definition is read with each answer: it may have been replaced on another node. */
    private Feed<RealtimeAnswer> feed(Project project, String name) {
        var place = followed.place();
        return new PacedFeed<>(
                () -> place.next(() -> answer(project, report(project, name))),
                RealtimeAnswer::untilNext,
                place::close);
    }

    private RealtimeAnswer answer(Project project, Report report) {
        return new ReportQuestion(questions, project, report).answer();
    }

    private Report report(Project project, String name) {
        return databases
                .of(project)
                .transaction(connection -> store.report(connection, name))
                .orElseThrow(() -> missing(name).within("report"));
    }

    private static String name(DataFetchingEnvironment environment) {
        return Arguments.of(environment).required("report");
    }

    private static CallerException missing(String name) {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no report \"" + name + "\".");
    }

    record Created(Report report) {}

    record Deleted(String name) {}
}
