package dev.tidemark.core.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchedCallTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WatchedCall watched = new WatchedCall(nanos::get);

    @Test
    void aCallThatDoesNotEndIsToldOnce() {
        watched.begin("shop");
        assertThat(watched.hanging()).isEmpty();

        pass(Duration.ofSeconds(31));

        assertThat(watched.hanging()).contains("shop");
        pass(Duration.ofSeconds(31));
        assertThat(watched.hanging()).isEmpty();
    }

    @Test
    void theNextCallThatDoesNotEndIsToldToo() {
        watched.begin("shop");
        pass(Duration.ofSeconds(31));
        watched.hanging();
        watched.end();
        watched.begin("shop");
        assertThat(watched.hanging()).isEmpty();

        pass(Duration.ofSeconds(31));

        assertThat(watched.hanging()).contains("shop");
    }

    @Test
    void whatHasEndedIsNotTold() {
        watched.begin("shop");
        pass(Duration.ofSeconds(31));
        watched.end();

        assertThat(watched.hanging()).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
