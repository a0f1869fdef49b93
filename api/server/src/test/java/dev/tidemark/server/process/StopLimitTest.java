package dev.tidemark.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StopLimitTest {

    private final CompletableFuture<Integer> halted = new CompletableFuture<>();

    @TempDir
    private Path directory;

    @Test
    void aStopThatHangsEndsTheProcessAndItsThreadsAreKept() throws IOException, InterruptedException {
        var limit = new StopLimit(Duration.ofMillis(100), directory, halted::complete);
        var mayEnd = new CountDownLatch(1);
        var hanging = Thread.ofVirtual().name("it-hangs-here").start(() -> awaitUninterruptibly(mayEnd));

        limit.watch(() -> {
            assertThat(halted.join()).isEqualTo(StopLimit.HUNG);
            mayEnd.countDown();
        });

        assertThat(hanging.join(Duration.ofMinutes(1))).isTrue();
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file ->
                            assertThat(text(file)).contains("it-hangs-here", "StopLimitTest.awaitUninterruptibly"));
        }
    }

    @Test
    void aStopThatEndsInTimeIsLeftAlone() throws IOException {
        var limit = new StopLimit(Duration.ofMinutes(1), directory, halted::complete);

        limit.watch(() -> {});

        assertThat(halted).isNotDone();
        assertThat(directory).isEmptyDirectory();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
