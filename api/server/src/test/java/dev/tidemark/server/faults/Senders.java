package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Clients that send one batch after the other until they are closed, whatever happens to the server, and leave the machine time for it. */
final class Senders implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** From the end of a batch to the next one. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final ScheduledExecutorService threads;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Client client;
    private final Ledger ledger;
    private final List<? extends Future<?>> running;

    Senders(Client client, Ledger ledger, int count) {
        this.client = client;
        this.ledger = ledger;
        this.threads = Executors.newScheduledThreadPool(count);
        this.running = IntStream.range(0, count)
                .mapToObj(i -> threads.scheduleWithFixedDelay(this::send, 0, PACE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
    }

    /** Each of them sends no other batch. */
    void end() {
        ended.set(true);
    }

    /** Returns when each of them has brought its last batch to an end. */
    @Override
    public void close() {
        end();
        threads.close();
        assertThat(running)
                .filteredOn(sender -> sender.state() == Future.State.FAILED)
                .extracting(Future::exceptionNow)
                .isEmpty();
    }

    private void send() {
        if (ended.get()) {
            return;
        }
        int batch = ledger.sent().incrementAndGet();
        if (ledger.isRetried()) {
            persist(() -> isSettled(batch));
        } else if (!isSettled(batch)) {
            persist(() -> ended.get() || client.server().readiness() != 0);
        }
    }

    private static void persist(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(condition);
    }

    private boolean isSettled(int batch) {
        try {
            return ledger.enter(batch, client.collect(ledger.json(batch)));
        } catch (IOException e) {
            // the batch may be stored or not: nobody knows
            return false;
        }
    }
}
