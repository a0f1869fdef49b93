package dev.tidemark.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(PostgresExtension.class)
final class ConnectionTurnsTest {

    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void aFloodOfOnesQuestionsLeavesConnectionsToOthersAndToTheServerItself(PostgresAddress database) {
        var answers = AnswerMemory.ofHeap();
        var done = new CountDownLatch(1);
        try (var postgres = Postgres.connect(database, "turns", CONNECTIONS, PATIENCE)) {
            Database.Work<Boolean> slow = connection -> {
                await().until(() -> done.getCount() == 0);
                return true;
            };
            var flood = IntStream.range(0, 2 * CONNECTIONS)
                    .mapToObj(i -> Thread.startVirtualThread(() ->
                            answers.share("flood").run(() -> postgres.server().transaction(slow))))
                    .toList();
            await().until(() -> postgres.busy() >= CONNECTIONS / 2);

            assertThat(answers.share("other").call(() -> asked(postgres))).isEqualTo(1);
            assertThat(asked(postgres)).isEqualTo(1);
            done.countDown();
            await().until(() -> flood.stream().noneMatch(Thread::isAlive));
        }
    }

    @Test
    void oneHolderAloneHasTwoThirdsOfWhatIsForAnswers() {
        var turns = new ConnectionTurns(16, Duration.ofMillis(1));
        var first = turns.take("one");
        IntStream.range(1, 8).forEach(i -> turns.take("one"));

        assertThatThrownBy(() -> turns.take("one"))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        turns.take("other");
        assertThatThrownBy(() -> turns.take("one")).isInstanceOf(CallerException.class);
        first.close();
        IntStream.range(0, 3).forEach(i -> turns.take("third" + i));
    }

    @Test
    void whoHasAConnectionDoesNotWaitForAnother(PostgresAddress database) {
        try (var postgres = Postgres.connect(database, "nested", 2, PATIENCE)) {
            var answer = AnswerMemory.ofHeap()
                    .share("one")
                    .call(() -> postgres.server().transaction(connection -> asked(postgres)));

            assertThat(answer).isEqualTo(1);
        }
    }

    private static int asked(Postgres postgres) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select 1")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }
}
