package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.partitions.TimeRange;
import dev.tidemark.spi.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeRangeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void theEpochAndTwoDaysAheadAreTheBounds() {
        assertThat(TimeRange.check(Instant.EPOCH, NOW)).isEmpty();
        assertThat(TimeRange.check(NOW.plus(Duration.ofDays(2)), NOW)).isEmpty();
        assertThat(TimeRange.check(Instant.EPOCH.minusMillis(1), NOW))
                .map(Refusal::code)
                .contains("time_out_of_range");
        assertThat(TimeRange.check(NOW.plus(Duration.ofDays(2)).plusMillis(1), NOW))
                .map(Refusal::code)
                .contains("time_out_of_range");
        assertThat(TimeRange.check(Instant.MIN, NOW)).isPresent();
        assertThat(TimeRange.check(Instant.MAX, NOW)).isPresent();
    }
}
