package dev.tidemark.retention;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.PeoplePage;
import java.time.Instant;
import java.util.Optional;

/**
 * Whom retention is asked for.
 *
 * @param cohort the number of its unit
 * @param period the number of the one in which they came back; {@link RetentionStore#ALL}: all of the cohort
 * @param withoutValue whether the property must have no value
 */
record PeopleQuestion(int cohort, int period, Optional<Object> value, boolean withoutValue, PeoplePage page) {

    static PeopleQuestion of(RetentionQuestion retention, Arguments arguments, PeoplePage page) {
        if (arguments.has("value") && retention.breakdown().isEmpty()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "People are not divided by a property: leave value out.", "value");
        }
        return new PeopleQuestion(
                retention.calendar().unit((Instant) arguments.value("cohort").orElseThrow()),
                arguments.number("period").orElse(RetentionStore.ALL),
                arguments.value("value"),
                arguments.has("value") && arguments.value("value").isEmpty(),
                page);
    }
}
