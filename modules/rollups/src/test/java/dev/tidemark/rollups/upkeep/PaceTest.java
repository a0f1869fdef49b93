package dev.tidemark.rollups.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    @Test
    void afterWorkItRestsManyTimesAsLongAsThatTook() {
        var rests = new ArrayList<Duration>();
        var pace = new Pace(50, clock, rests::add);

        pace.work(() -> now.updateAndGet(instant -> instant.plusMillis(200)));
        pace.work(() -> now.updateAndGet(instant -> instant.plusMillis(1)));

        assertThat(rests).containsExactly(Duration.ofSeconds(10), Duration.ofMillis(50));
    }

    @Test
    void aThreadThatIsToEndDoesNotRest() {
        var pace = new Pace(50, clock, Thread::sleep);

        Thread.currentThread().interrupt();
        pace.work(() -> now.updateAndGet(instant -> instant.plusSeconds(3_600)));

        assertThat(Thread.interrupted()).isTrue();
    }
}
