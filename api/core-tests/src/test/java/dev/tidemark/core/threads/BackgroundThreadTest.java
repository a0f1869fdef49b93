package dev.tidemark.core.threads;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackgroundThreadTest {

    @Test
    void workThatFailedIsDoneAgain() throws InterruptedException {
        var done = new CountDownLatch(2);
        Runnable failing = () -> {
            done.countDown();
            throw new IllegalStateException("The first time, and the second.");
        };

        try (var _ = BackgroundThread.every("failing", Duration.ofMillis(1), failing)) {
            done.await();
        }
    }
}
