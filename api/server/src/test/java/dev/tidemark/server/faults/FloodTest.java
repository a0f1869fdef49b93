package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The heap of the server is 512 MB, see {@link ServerProcess}, and it ends when that is full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {

    private static final int REQUESTS = 60;
    /** Some 4 MB, as small events: what is made of them is many times as large. */
    private static final int EVENTS = 40_000;

    @TempDir
    private static Path directory;

    private EmbeddedDatabase database;
    private ServerProcess server;

    @BeforeAll
    void start() throws IOException {
        var home = directory.resolve("postgres");
        database = EmbeddedDatabase.start(home);
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "events:\n  patience: PT3S\n");
        server = ServerProcess.on(EmbeddedAddress.of(home), data);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void largeRequestsAgainstAStoppedDatabaseStayWithinTheHeapAndAllRecovers() throws Exception {
        var client = Client.of(server, "flooded");
        assertThat(client.collect(event(0)).statusCode()).isEqualTo(200);
        var body = IntStream.range(0, EVENTS).mapToObj(FloodTest::event).collect(Collectors.joining(",", "[", "]"));

        List<HttpResponse<String>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            signal("STOP");
            Callable<HttpResponse<String>> send = () -> client.collect(body);
            for (var answer : threads.invokeAll(Collections.nCopies(REQUESTS, send))) {
                answers.add(answer.get());
            }
        } finally {
            signal("CONT");
        }

        assertThat(server.isAlive()).isTrue();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.collect(event(0)).statusCode() == 200);
    }

    @Test
    void theFloodOfOneProjectStarvesNoOther() throws Exception {
        var flood = Client.of(server, "flood");
        var quiet = Client.of(server, "quiet");
        var body = IntStream.range(0, 2_000).mapToObj(FloodTest::event).collect(Collectors.joining(",", "[", "]"));
        var ended = new AtomicBoolean();
        var flooded = new AtomicInteger();

        List<Integer> statuses = new ArrayList<>();
        var longest = 0L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 48; i++) {
                threads.submit(() -> {
                    while (!ended.get()) {
                        flooded.addAndGet(flood.collect(body).statusCode() == 200 ? 1 : 0);
                    }
                    return true;
                });
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> flooded.get() > 5);
            for (int i = 0; i < 20; i++) {
                var start = System.nanoTime();
                statuses.add(quiet.collect(event(i)).statusCode());
                longest = Math.max(longest, System.nanoTime() - start);
            }
            ended.set(true);
        }

        System.out.printf("Flood: %d batches, the quiet project waited %.2f s at most%n", flooded.get(), longest / 1e9);
        assertThat(statuses).containsOnly(200);
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(15));
    }

    private static String event(int i) {
        return "{\"collection\":\"click\",\"user\":\"u" + i + "\",\"properties\":{\"a\":" + i
                + ",\"b\":\"some text\",\"c\":true,\"d\":1.5}}";
    }

    /** To all processes of PostgreSQL: they do nothing, and do not know it. */
    private void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, pid));
        postmaster.descendants().map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
        new ProcessBuilder(command).start().waitFor();
    }
}
