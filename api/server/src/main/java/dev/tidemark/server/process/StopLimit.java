package dev.tidemark.server.process;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process whose stop hangs, and keeps what its threads were doing. Whoever asked for the stop would kill it at last, and
 * nobody would know why; nothing is lost that a kill would not lose, which is nothing that was acknowledged.
 */
public final class StopLimit {

    /** The exit code of a process that could not stop. */
    public static final int HUNG = 70;

    private static final Logger LOG = LoggerFactory.getLogger(StopLimit.class);
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(30);

    private final Duration limit;
    private final Path directory;
    private final IntConsumer halt;

    /**
     * @param directory for the file that tells what the threads were doing
     * @param halt ends the process at once, with an exit code
     */
    StopLimit(Duration limit, Path directory, IntConsumer halt) {
        this.limit = limit;
        this.directory = directory;
        this.halt = halt;
    }

    /** That of this process: half a minute more than running requests are granted. */
    public static StopLimit of(ServerSettings settings) {
        return new StopLimit(settings.http().grace().plus(BEYOND_GRACE), settings.data(), Runtime.getRuntime()::halt);
    }

    /** Returns when the stop has ended. */
    public void watch(Runnable stop) {
        var ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("stop-limit").start(() -> await(ended));
        try {
            stop.run();
        } finally {
            ended.countDown();
        }
    }

    private void await(CountDownLatch ended) {
        try {
            if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                tell();
                halt.accept(HUNG);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        var file = directory
                .resolve("threads-" + ProcessHandle.current().pid() + ".txt")
                .toAbsolutePath();
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            LOG.error("The stop hangs after {} s: the process ends now. {} has its threads.", limit.toSeconds(), file);
        } catch (IOException | RuntimeException e) {
            LOG.error("The stop hangs after {} s: the process ends now.", limit.toSeconds(), e);
        }
    }
}
