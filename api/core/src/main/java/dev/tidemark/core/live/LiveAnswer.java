package dev.tidemark.core.live;

import dev.tidemark.core.live.LiveUpdate.Change;
import dev.tidemark.spi.LiveQuestion.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and how it differs from the one before.
 *
 * @param number grows with each answer that is another one
 * @param asOf what was committed by then has not changed it
 * @param change since the one before; empty: there was none
 */
record LiveAnswer(long number, Rows rows, Instant asOf, Optional<Change> change) {

    static LiveAnswer first(Rows rows) {
        return new LiveAnswer(1, rows, rows.freshness().asOf(), Optional.empty());
    }

    LiveAnswer then(Rows next) {
        return new LiveAnswer(number + 1, next, next.freshness().asOf(), Optional.of(Change.between(rows, next)));
    }

    /** The same rows, known to be true still. */
    LiveAnswer confirmed(Instant now) {
        return new LiveAnswer(number, rows, now, change);
    }

    /** What to tell to one who was told another answer, or none yet. */
    LiveUpdate since(@Nullable LiveAnswer told) {
        if (told == null) {
            return LiveUpdate.Snapshot.of(rows);
        }
        if (told.number() == number) {
            return new LiveUpdate.Progress(asOf);
        }
        var difference =
                change.filter(last -> told.number() == number - 1).orElseGet(() -> Change.between(told.rows(), rows));
        return difference.isNone() ? new LiveUpdate.Progress(asOf) : difference;
    }
}
