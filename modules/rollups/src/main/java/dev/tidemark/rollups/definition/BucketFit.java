package dev.tidemark.rollups.definition;

import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.ByPart;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Grouping.TimeUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.stream.Stream;

/**
 * Whether what a question asks about times can be told from a rollup's buckets: whether none of them has a part on either
 * side of where the question cuts.
 *
 * @param since the earliest time that the question is about
 */
public record BucketFit(Bucket bucket, Instant since) {

    public boolean fits(ByBucket grouping) {
        return switch (grouping.unit()) {
            case SECOND -> false;
            case MINUTE ->
                !isDay()
                        && Duration.ofMinutes(grouping.every()).toSeconds() % seconds() == 0
                        && isOnGrid(grouping.zone());
            case HOUR -> !isDay() && isOnGrid(grouping.zone());
            case DAY, WEEK, MONTH, QUARTER, YEAR -> fitsDays(grouping.zone());
        };
    }

    public boolean fits(ByPart grouping) {
        return grouping.part() == DatePart.HOUR_OF_DAY
                ? !isDay() && isOnGrid(grouping.zone())
                : fitsDays(grouping.zone());
    }

    /** Whether a bucket begins then: where a clock is set back to midnight, not at the second. */
    public boolean begins(Instant instant) {
        return bucket.floor(instant).equals(instant);
    }

    private boolean fitsDays(ZoneId zone) {
        return isDay() ? zone.getRules().equals(bucket.zone().getRules()) : isOnGrid(zone);
    }

    private boolean isDay() {
        return bucket.unit() == TimeUnit.DAY;
    }

    private long seconds() {
        return bucket.length().toSeconds();
    }

    /** Whether the clock of a zone, and all times at which it is set, differ from UTC by whole buckets. */
    private boolean isOnGrid(ZoneId zone) {
        var rules = zone.getRules();
        var offsets = Stream.concat(
                Stream.of(rules.getOffset(since)),
                rules.getTransitions().stream()
                        .filter(set -> set.getInstant().isAfter(since))
                        .map(ZoneOffsetTransition::getOffsetAfter));
        var later = rules.getTransitionRules().stream()
                .allMatch(rule -> rule.getOffsetBefore().getTotalSeconds() % seconds() == 0
                        && rule.getOffsetAfter().getTotalSeconds() % seconds() == 0
                        && rule.getLocalTime().toSecondOfDay() % seconds() == 0);
        return later
                && offsets.allMatch(offset -> offset.getTotalSeconds() % seconds() == 0)
                && rules.getTransitions().stream()
                        .filter(set -> set.getInstant().isAfter(since))
                        .allMatch(set -> set.getInstant().getEpochSecond() % seconds() == 0);
    }
}
