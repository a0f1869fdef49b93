package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Clients of both kinds, those that retry with messageIds and those that do neither, while faults are made. */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EACH = 3;

    private final Ledger retried = Ledger.retried("retried");
    private final Ledger once = Ledger.sentOnce("once");
    private final Figures figures = new Figures();
    private final Senders retrying;
    private final Senders carefree;

    Load(Client client) {
        retrying = new Senders(client, retried, EACH);
        carefree = new Senders(client, once, EACH);
    }

    /** Makes the fault at some moment under load, and returns when a batch that was sent again or later is acknowledged. */
    void survive(Fault fault) throws Exception {
        awaitAcknowledged(ThreadLocalRandom.current().nextInt(10, 100));
        fault.make();
        var start = System.nanoTime();
        fault.repair();
        awaitAcknowledged(1);
        figures.recoveredAfter(Duration.ofNanos(System.nanoTime() - start));
    }

    /** Ends the load. */
    void settle(String test, PostgresAddress database, String project) throws SQLException {
        awaitAcknowledged(EACH);
        close();
        try (var books = Books.open(database, project)) {
            var ofRetried = books.audit(retried);
            var ofOnce = books.audit(once);
            figures.print(test, ofRetried, ofOnce);
            ofRetried.requireNoFault();
            ofOnce.requireNoFault();
            assertThat(ofRetried.acknowledged()).isEqualTo(retried.sent().get());
            books.requireCommitsToAgree(retried, once);
        }
        assertThat(retried.surprises()).isEmpty();
        assertThat(once.surprises()).isEmpty();
    }

    @Override
    public void close() {
        carefree.close();
        retrying.close();
    }

    private void awaitAcknowledged(int more) {
        var before = retried.acknowledged().size();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .until(() -> retried.acknowledged().size() >= before + more);
    }

    interface Fault {

        void make() throws Exception;

        /** Brings back what does not come back by itself. */
        default void repair() throws Exception {}
    }
}
