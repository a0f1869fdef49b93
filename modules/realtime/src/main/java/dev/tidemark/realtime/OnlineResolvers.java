package dev.tidemark.realtime;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SharedFeeds;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;

/** GraphQL's side of who is online. */
final class OnlineResolvers {

    private static final Duration PACE = Duration.ofSeconds(5);
    private static final int MOST = 20;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final OnlineQuestion question;
    private final SharedFeeds<Asked, Online> feeds = new SharedFeeds<>(
            "online", MOST, (project, asked) -> new PacedFeed<>(() -> answer(project, asked), answer -> PACE));

    OnlineResolvers(OnlineQuestion question) {
        this.question = question;
    }

    private record Asked(Duration within, int first) {}

    Online answer(DataFetchingEnvironment environment) {
        return answer(Caller.of(environment).project(), asked(environment));
    }

    Feed<Online> follow(DataFetchingEnvironment environment) {
        return feeds.feed(Caller.of(environment).project(), asked(environment));
    }

    private Online answer(Project project, Asked asked) {
        return question.answer(project, asked.within(), asked.first());
    }

    private static Asked asked(DataFetchingEnvironment environment) {
        var within = (Duration) Arguments.of(environment).value("within").orElseThrow();
        if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "within is from a second (PT1S) to a day (P1D).", "within");
        }
        return new Asked(within, Page.of(environment).first());
    }
}
