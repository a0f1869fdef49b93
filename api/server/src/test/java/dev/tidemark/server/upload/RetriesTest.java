package dev.tidemark.server.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final Retries retries = new Retries(Duration.ofMinutes(2), this::passed, pauses::add);

    @Test
    void pausesGrowToTenSecondsAndEndAfterTwoMinutes() throws InterruptedException {
        while (!retries.areOver()) {
            retries.pause();
        }

        assertThat(pauses.stream().map(Duration::toMillis))
                .startsWith(500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L)
                .hasSize(16);
    }

    @Test
    void whatMovesAgainIsGivenAllTheTimeAgain() throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            retries.pause();
            retries.moved();

            assertThat(retries.areOver()).isFalse();
        }
        assertThat(pauses).containsOnly(Duration.ofMillis(500));
    }

    private long passed() {
        return pauses.stream().mapToLong(Duration::toNanos).sum();
    }
}
