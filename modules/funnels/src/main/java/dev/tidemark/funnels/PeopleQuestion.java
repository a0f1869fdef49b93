package dev.tidemark.funnels;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.PeoplePage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Whom a funnel is asked for.
 *
 * @param step the one they reached, from 1
 * @param onlyDropped whether they must not have reached the next
 * @param withoutValue whether the property must have no value at step 1
 * @param bucket the day at which it begins
 */
record PeopleQuestion(
        int step,
        boolean onlyDropped,
        Optional<Object> value,
        boolean withoutValue,
        Optional<LocalDate> bucket,
        PeoplePage page) {

    /** @throws CallerException for a step or a row that the funnel does not have */
    static PeopleQuestion of(FunnelQuestion funnel, Arguments arguments, PeoplePage page) {
        int step = arguments.number("step").orElseThrow();
        require(
                step >= 1 && step <= funnel.steps().size(),
                "The funnel has the steps 1 to " + funnel.steps().size() + ".",
                "step");
        var breakdown = funnel.breakdown();
        require(
                !arguments.has("value")
                        || breakdown.flatMap(FunnelQuestion.Breakdown::property).isPresent(),
                "The funnel is not broken down by a property: leave value out.",
                "value");
        require(
                arguments.value("bucket").isEmpty()
                        || breakdown.flatMap(FunnelQuestion.Breakdown::bucket).isPresent(),
                "The funnel is not broken down by buckets: leave bucket out.",
                "bucket");
        return new PeopleQuestion(
                step,
                arguments.flag("dropped"),
                arguments.value("value"),
                arguments.has("value") && arguments.value("value").isEmpty(),
                arguments
                        .value("bucket")
                        .map(start -> LocalDate.ofInstant(
                                (Instant) start, breakdown.orElseThrow().zone())),
                page);
    }

    private static void require(boolean condition, String message, String path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}
