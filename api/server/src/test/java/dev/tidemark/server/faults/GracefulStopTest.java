package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.testkit.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class GracefulStopTest {

    private static final int REQUESTS = 100;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final PostgresAddress database;

    @TempDir
    private Path directory;

    GracefulStopTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void f46RequestsThatAreRunningWhenTheServerStopsAreStoredOrNotAcknowledged() throws Exception {
        var ledger = Ledger.sentOnce("visits");
        try (var server = ServerProcess.on(database, directory.resolve("data"))) {
            var client = Client.of(server, "shop");
            client.collect(ledger.json(0));
            try (var books = Books.open(database, "shop")) {
                books.run("begin", "lock table visits in share mode");
                try (var senders = new Senders(client, ledger, REQUESTS)) {
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> ledger.sent().get() == REQUESTS && writersWait());

                    server.askToStop();
                    var start = System.nanoTime();
                    senders.end();
                    await().until(() -> server.readiness() != 200);
                    books.run("commit");

                    server.awaitEnd();
                    var time = Duration.ofNanos(System.nanoTime() - start);
                    assertThat(time).isLessThan(GRACE.plus(GRACE));
                    System.out.printf("Graceful stop: ended after %d ms%n", time.toMillis());
                }
                var audit = books.audit(ledger);
                new Figures().print("Graceful stop under load", audit);
                audit.requireNoFault();
            }
            assertThat(ledger.surprises()).isEmpty();
        }
    }

    private boolean writersWait() throws Exception {
        try (var books = Books.open(database, "shop")) {
            return books.value("select exists (select from pg_locks where not granted)")
                    .equals("t");
        }
    }
}
