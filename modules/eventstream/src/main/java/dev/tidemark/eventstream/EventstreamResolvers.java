package dev.tidemark.eventstream;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventFeeds;
import dev.tidemark.spi.EventFeeds.Told;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.StoredEvent;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The subscriptions to events. */
final class EventstreamResolvers {

    private static final int MOST_SELECTIONS = 100;
    private static final int FASTEST = 1_000_000;

    private final Questions questions;
    private final ProjectStreams streams;

    EventstreamResolvers(ModuleContext context, ProjectStreams streams) {
        this.questions = context.questions();
        this.streams = streams;
    }

    Feed<StreamedEvent> events(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return feed(project, wishes(project, Arguments.of(environment)), Feed.after(environment))
                .map(event -> StreamedEvent.of(project, event));
    }

    /** The same as an {@link EventFeeds}. */
    Feed<Told> feed(Project project, List<EventTest> tests, Optional<String> after) {
        var wishes = tests.stream().map(Wish::new).collect(Collectors.toCollection(LinkedHashSet::new));
        return feed(project, wishes, after).map(event -> new Told(Cursor.text(project, event.position()), event));
    }

    Feed<StreamedEvent> replay(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var speed = (Double) arguments.value("speed").orElseThrow();
        if (speed <= 0 || speed > FASTEST) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "speed is more than 0 and at most " + FASTEST + ".", "speed");
        }
        var stream = streams.of(project);
        return new ReplayFeed(
                        stream,
                        wishes(project, arguments),
                        stream.before((Instant) arguments.value("from").orElseThrow()),
                        stream.before((Instant) arguments.value("to").orElseThrow()),
                        speed)
                .map(event -> StreamedEvent.of(project, event));
    }

    private Feed<StoredEvent> feed(Project project, Set<Wish> wishes, Optional<String> after) {
        var stream = streams.of(project);
        var last = stream.last();
        var from = after.map(cursor -> Cursor.position(project, cursor)).orElse(last);
        requireCommitted(project, from, last);
        return EventFeed.begin(stream, wishes, from);
    }

    /** After a restore others get the positions of the events that are gone: who waited for theirs to pass would miss them. */
    private static void requireCommitted(Project project, Position from, Position last) {
        if (from.compareTo(last) > 0) {
            throw new CallerException(
                    ErrorCode.STALE_CURSOR,
                    "This cursor is later than all events, as after a restore from a backup: go on after \""
                            + Cursor.text(project, last) + "\", or begin without after.",
                    "after");
        }
    }

    private Set<Wish> wishes(Project project, Arguments arguments) {
        if (arguments.value("collections").isEmpty()) {
            return Set.of(Wish.ALL);
        }
        Set<Wish> wishes = new LinkedHashSet<>();
        for (var selection : arguments.objects("collections", MOST_SELECTIONS)) {
            wishes.add(wish(project, selection));
        }
        return wishes;
    }

    private Wish wish(Project project, Arguments selection) {
        var filter = selection.object("where").map(questions::filter).orElse(Filter.ALL);
        return new Wish(questions.test(project, selection.required("name"), filter));
    }
}
