package dev.tidemark.realtime;

import dev.tidemark.realtime.Pulse.PulseSeries;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SharedFeeds;
import dev.tidemark.spi.Snapshot;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How many events are stored. Commits tell, so no event is read. */
final class PulseResolvers {

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int MOST = 20;
    private static final int LONGEST = 600;

    private final Questions questions;
    private final RealtimeStore store;
    private final SharedFeeds<Integer, Pulse> feeds = new SharedFeeds<>(
            "pulse", MOST, (project, seconds) -> new PacedFeed<>(() -> answer(project, seconds), pulse -> PACE));

    PulseResolvers(Questions questions, RealtimeStore store) {
        this.questions = questions;
        this.store = store;
    }

    Pulse answer(DataFetchingEnvironment environment) {
        return answer(Caller.of(environment).project(), seconds(environment));
    }

    Feed<Pulse> follow(DataFetchingEnvironment environment) {
        return feeds.feed(Caller.of(environment).project(), seconds(environment));
    }

    private Pulse answer(Project project, int seconds) {
        return questions.read(project, snapshot -> answer(snapshot, seconds));
    }

    private Pulse answer(Snapshot snapshot, int seconds) {
        var to = snapshot.asOf().minus(ReportQuestion.PATIENCE).truncatedTo(ChronoUnit.SECONDS);
        var from = to.minusSeconds(seconds);
        List<PulseSeries> series = store.stored(snapshot, from, to).entrySet().stream()
                .map(collection -> PulseSeries.of(collection.getKey(), collection.getValue()))
                .toList();
        return Pulse.of(from, to, series);
    }

    private static int seconds(DataFetchingEnvironment environment) {
        int seconds = Arguments.of(environment).number("seconds").orElseThrow();
        if (seconds < 1 || seconds > LONGEST) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "seconds is from 1 to " + LONGEST + ".", "seconds");
        }
        return seconds;
    }
}
