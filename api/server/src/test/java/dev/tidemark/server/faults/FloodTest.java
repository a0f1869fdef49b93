package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** More is sent than fits into the heap of a {@link ServerProcess}, which ends when that is full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {

    private static final int SENDERS = 40;
    /** In a request of some 2 MB. As maps and rows they are many times as large. */
    private static final int EVENTS = 15_000;

    /** Of which the flood of one project has so many in a request. */
    private static final int FEWER_EVENTS = 1_000;

    private static final int FLOODING = 80;

    /** Some 2 MB of them. */
    private static final int NESTED = 220_000;

    private static final int QUIET_REQUESTS = 20;
    /** Of a request: the server's own patience, and what the machine needs besides. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Path home;
    private EmbeddedDatabase database;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "events:\n  patience: PT4S\n");
        server = ServerProcess.on(EmbeddedAddress.of(home), data);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void aFloodAgainstAStoppedDatabaseIsRefusedWithinTheHeapAndThenAllGoesOnByItself() throws Exception {
        var client = Client.of(server, "flooded");
        assertThat(client.collect(request("first", 1)).statusCode()).isEqualTo(200);
        var processes = new DatabaseProcesses(home);
        List<Answer> answers = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            processes.freeze();
            for (int wave = 0; wave < 2; wave++) {
                for (var answer : threads.invokeAll(IntStream.range(0, SENDERS)
                        .<Callable<Answer>>mapToObj(i -> () -> Answer.to(client, request("batch" + i, EVENTS)))
                        .toList())) {
                    answers.add(answer.get());
                }
            }
        } finally {
            processes.thaw();
        }

        assertThat(server.isAlive()).as(server.output()).isTrue();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.http().statusCode()).as(answer.http().body()).isEqualTo(503);
            assertThat(answer.http().headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.time()).isLessThan(LONGEST);
        });
        System.out.printf("Flood: %d refusals, %s at most%n", answers.size(), longest(answers));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> client.collect(request("batch0", EVENTS)).statusCode() == 200);
        try (var books = Books.open(EmbeddedAddress.of(home), "flooded")) {
            assertThat(books.value("select count(*) from click where request = 'first'"))
                    .isEqualTo("1");
            assertThat(books.value("select count(*) from click where request = 'batch0'"))
                    .isEqualTo(Integer.toString(EVENTS));
            assertThat(books.value(
                            "select count(*) from (select from click group by request having count(*) not in (1, "
                                    + EVENTS + ")) torn"))
                    .isEqualTo("0");
        }
    }

    /** An object of some bytes takes more than a hundred of memory. */
    @Test
    void objectsThatTakeManyTimesTheirTextAreRefusedWithinTheHeap() throws Exception {
        var client = Client.of(server, "nested");
        var objects = "[" + "{\"a\":{}},".repeat(NESTED) + "{}]";
        var event = "{\"collection\": \"click\", \"properties\": {\"x\": " + objects + "}}";
        var events = Stream.generate(() -> event).limit(8).collect(Collectors.joining(",", "[", "]"));

        var answer = client.collect(events);

        assertThat(server.isAlive()).as(server.output()).isTrue();
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(client.collect(request("afterwards", 1)).statusCode()).isEqualTo(200);
    }

    /** Its answers come long before those of the flood, whose requests wait for each other. */
    @Test
    void theFloodOfOneProjectStarvesNoOther() throws Exception {
        var flooding = Client.of(server, "flooding");
        var quiet = Client.of(server, "quiet");
        var isOver = new AtomicBoolean();
        Queue<Answer> flood = new ConcurrentLinkedQueue<>();
        List<Answer> answers = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> senders = new ArrayList<>();
            for (int i = 0; i < FLOODING; i++) {
                var body = request("flood" + i, FEWER_EVENTS);
                senders.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        flood.add(Answer.to(flooding, body));
                    }
                    return true;
                }));
            }
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> taken(flood).size() >= FLOODING);
                for (int i = 0; i < QUIET_REQUESTS; i++) {
                    answers.add(Answer.to(quiet, request("quiet" + i, 1)));
                }
            } finally {
                isOver.set(true);
            }
            for (var sender : senders) {
                assertThat(sender.get()).isTrue();
            }
        }

        var taken = taken(flood);
        System.out.printf(
                "Flood of %d requests, %d of them taken within %s (median): the other waited %s (median), %s at most%n",
                flood.size(), taken.size(), median(taken), median(answers), longest(answers));
        assertThat(statuses(answers)).containsExactly(200);
        assertThat(statuses(flood)).isSubsetOf(200, 503);
        assertThat(median(answers).multipliedBy(4)).isLessThan(median(taken));
        assertThat(longest(answers)).isLessThan(LONGEST);
    }

    private static List<Answer> taken(Collection<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.http().statusCode() == 200)
                .toList();
    }

    private static Set<Integer> statuses(Collection<Answer> answers) {
        return answers.stream().map(answer -> answer.http().statusCode()).collect(Collectors.toSet());
    }

    private static Duration median(Collection<Answer> answers) {
        return answers.stream()
                .map(Answer::time)
                .sorted()
                .skip(answers.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String request(String name, int events) {
        return IntStream.range(0, events)
                .mapToObj(i ->
                        "{\"collection\": \"click\", \"messageId\": \"%s-%d\", \"properties\": {\"request\": \"%s\", \"a\": %d, \"b\": true}}"
                                .formatted(name, i, name, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Duration longest(List<Answer> answers) {
        return answers.stream().map(Answer::time).max(Duration::compareTo).orElseThrow();
    }

    private record Answer(HttpResponse<String> http, Duration time) {

        static Answer to(Client client, String request) throws IOException {
            var start = System.nanoTime();
            var http = client.collect(request);
            return new Answer(http, Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
