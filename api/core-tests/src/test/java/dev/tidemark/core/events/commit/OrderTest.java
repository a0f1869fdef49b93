package dev.tidemark.core.events.commit;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import dev.tidemark.testkit.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes on one database. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class OrderTest {

    private static final int WRITERS = 8;
    private static final int BATCHES = 40;

    private final EventNode one;
    private final EventNode two;
    private Project project;

    OrderTest(PostgresAddress address) {
        this.one = EventNode.start(address);
        this.two = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = one.project();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void aFollowerMissesNothingAndSeesNothingTwiceWhateverTheOrderOfCommits() throws Exception {
        List<StoredEvent> seen = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                var number = writer;
                writers.add(threads.submit(() -> write(number)));
            }
            while (!writers.stream().allMatch(Future::isDone)) {
                follow(seen);
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        follow(seen);

        var sent = IntStream.range(0, WRITERS * BATCHES)
                .boxed()
                .flatMap(batch -> LongStream.range(0, size(batch)).mapToObj(i -> batch * 1_000L + i))
                .toList();
        assertThat(seen)
                .extracting(stored -> stored.event().properties().get("n"))
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(one.text(project, "count(*) = max(position) and min(position) = 1 from _commit"))
                .isEqualTo("t");
        assertThat(one.text(project, "sum(events) from _commit")).isEqualTo(Integer.toString(sent.size()));
        assertThat(one.text(
                        project,
                        "count(*) from (select first_id, lag(last_id) over (partition by collection order by first_id) as before"
                                + " from _commit) ranges where first_id <= before"))
                .isEqualTo("0");
    }

    @Test
    void eventsOfOneRequestHaveIdsInTheOrderInWhichTheyWereSentWhateverTheirCollections() {
        var numbers = LongStream.range(0, IdStore.BLOCK + 2_000L).boxed().toList();
        one.collect(project, event("c", "n", -1L)); // so that the block in use ends amid these
        var events =
                numbers.stream().map(n -> event(n % 3 == 0 ? "a" : "b", "n", n)).toList();

        var ids = one.collect(project, events).stream()
                .map(outcome -> ((Outcome.Stored) outcome).id())
                .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(one.all(project))
                .extracting(stored -> stored.event().properties().get("n"))
                .hasSize(1 + events.size())
                .containsAll(numbers);
        assertThat(one.text(project, "sum(events) from _commit")).isEqualTo(Integer.toString(1 + events.size()));
    }

    @Test
    void aMessageIdThatTwoNodesGetAtOnceCountsOnce() throws Exception {
        var events = IntStream.range(0, 200)
                .mapToObj(i -> event("a", "n", (long) i).withMessageId("m" + i))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Outcome>>> all = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                var node = round % 2 == 0 ? one : two;
                var order = new ArrayList<>(events);
                java.util.Collections.shuffle(order, new java.util.Random(round));
                all.add(threads.submit(() -> node.collect(project, order)));
            }
            var stored = 0;
            for (var outcomes : all) {
                stored += (int) outcomes.get().stream()
                        .filter(outcome -> outcome instanceof Outcome.Stored)
                        .count();
            }

            assertThat(stored).isEqualTo(200);
        }
        assertThat(one.all(project)).hasSize(200);
    }

    @Test
    void twoNodesThatMeetANewPropertyWithTwoTypesLoseNothing() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                var name = "p" + round;
                var numbers = threads.submit(() -> one.collect(project, event("a", name, 1L)));
                var texts = threads.submit(() -> two.collect(project, event("a", name, "text")));
                numbers.get();
                texts.get();
            }
        }

        assertThat(one.all(project))
                .hasSize(20)
                .extracting(stored -> List.copyOf(stored.event().properties().values()))
                .containsOnly(List.of(1L), List.of("text"));
    }

    @Test
    void aColumnThatIsWidenedAmidIngestionKeepsEveryValue() throws Exception {
        one.collect(project, event("a", "n", 0L));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                var node = writer % 2 == 0 ? one : two;
                var offset = writer * 100L;
                writers.add(threads.submit(() -> {
                    for (long i = 1; i <= 100; i++) {
                        node.collect(project, event("a", "n", offset + i));
                    }
                    return offset;
                }));
            }
            two.collect(project, event("a", "n", 0.5));
            for (var writer : writers) {
                writer.get();
            }
        }

        assertThat(one.text(project, "sum(n) from a")).isEqualTo(Double.toString(400 * 401 / 2 + 0.5));
    }

    private Void write(int writer) throws InterruptedException, ExecutionException {
        var node = writer % 2 == 0 ? one : two;
        for (int i = 0; i < BATCHES; i++) {
            var batch = writer * BATCHES + i;
            List<Event> events = LongStream.range(0, size(batch))
                    .mapToObj(n -> event("c" + n % 2, "n", batch * 1_000L + n))
                    .toList();
            if (batch % 3 == 0) {
                var delay = ThreadLocalRandom.current().nextDouble(0.02);
                node.events.collect(project, events, EventNode.origin(), (connection, outcomes) -> {
                    try (var statement = connection.prepareStatement("select pg_sleep(?)")) {
                        statement.setDouble(1, delay);
                        statement.execute();
                    }
                });
            } else {
                node.collect(project, events);
            }
        }
        return null;
    }

    private static int size(int batch) {
        return 1 + batch % 5;
    }

    private void follow(List<StoredEvent> seen) {
        var after = seen.isEmpty() ? Position.START : seen.getLast().position();
        for (var page = one.committed.read(project, after, 7);
                !page.isEmpty();
                page = one.committed.read(project, after, 7)) {
            seen.addAll(page);
            after = page.getLast().position();
        }
    }
}
