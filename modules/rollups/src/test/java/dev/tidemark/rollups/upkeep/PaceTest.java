package dev.tidemark.rollups.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong now = new AtomicLong();

    @Test
    void afterWorkItRestsManyTimesAsLongAsThatTook() {
        var rests = new ArrayList<Duration>();
        var pace = new Pace(50, now::get, rests::add);

        pace.work(() -> now.addAndGet(Duration.ofMillis(200).toNanos()));
        pace.work(() -> now.addAndGet(Duration.ofMillis(1).toNanos()));

        assertThat(rests).containsExactly(Duration.ofSeconds(10), Duration.ofMillis(50));
    }

    @Test
    void aThreadThatIsToEndDoesNotRest() {
        var pace = new Pace(50, now::get, Thread::sleep);

        Thread.currentThread().interrupt();
        pace.work(() -> now.addAndGet(Duration.ofHours(1).toNanos()));

        assertThat(Thread.interrupted()).isTrue();
    }
}
