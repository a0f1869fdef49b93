package dev.tidemark.core.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.LiveQuestions;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SharedFeeds;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of live questions. */
final class LiveResolvers {

    private static final String COMMITS = "commits";

    private final QuestionEngine questions;
    private final Supplier<Map<String, LiveQuestions>> fields;
    private final Semaphore turns;
    private final CommittedEvents events;
    private final SharedFeeds<String, Commits> commits;
    private final SharedFeeds<Followed, LiveAnswer> answers;
    private final AnswerMemory memory = AnswerMemory.ofHeap();

    /** Shared as long as somebody holds them. */
    private final Cache<InProject, RecentEvents> recent =
            Caffeine.newBuilder().weakValues().build();

    private record InProject(Project project, String collection) {}

    /**
     * @param fields those of {@code Live}
     * @param most how many different questions of a project there may be
     * @param turns how many are asked at a time
     */
    LiveResolvers(
            ModuleContext context,
            QuestionEngine questions,
            Supplier<Map<String, LiveQuestions>> fields,
            int most,
            int turns) {
        this.events = context.committedEvents();
        this.questions = questions;
        this.fields = fields;
        this.turns = new Semaphore(turns, true);
        this.commits = new SharedFeeds<>(
                COMMITS,
                1,
                (project, same) -> new CommitsFeed(context.databases().of(project), events, project));
        this.answers = new SharedFeeds<>("live", most, this::answers);
    }

    Feed<Map<String, LiveUpdate>> live(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        Map<String, Followed> asked = new LinkedHashMap<>();
        for (var field : environment.getSelectionSet().getImmediateFields()) {
            var kind = fields.get().get(field.getName());
            if (kind != null) {
                asked.put(field.getResultKey(), followed(project, field, kind));
            }
        }
        if (asked.isEmpty()) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "Ask for at least one of the fields of live.");
        }
        return new LiveFeed(asked, (question, hint) -> answers.follow(project, question, hint));
    }

    private static Followed followed(Project project, SelectedField field, LiveQuestions kind) {
        try {
            var arguments = new Arguments(new LinkedHashMap<String, @Nullable Object>(field.getArguments()));
            return new Followed(field.getName(), kind.question(project, arguments));
        } catch (CallerException e) {
            throw e.within(field.getResultKey());
        }
    }

    private Feed<LiveAnswer> answers(Project project, Followed followed) {
        var question = followed.question();
        var interest = new Interest(questions, project, question.reads(), collection -> recent(project, collection));
        return new AnswerFeed(
                question, interest, turns, commits.feed(project, COMMITS), () -> memory.share(project.slug()));
    }

    private RecentEvents recent(Project project, String collection) {
        return recent.get(new InProject(project, collection), shared -> new RecentEvents(events, project, collection));
    }
}
