package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.PluginJar;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A plugin's job writes down, all the time, which process writes in which term. */
@ExtendWith(PostgresExtension.class)
class FrozenLeaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresAddress database;
    private final List<Double> seconds = new ArrayList<>();

    @TempDir
    private Path directory;

    private Books books;
    private ServerProcess first;
    private ServerProcess second;

    FrozenLeaderTest(PostgresAddress database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws Exception {
        books = Books.open(database, "public");
        books.run("drop table if exists written", """
                create table written (
                    id bigint generated always as identity,
                    term bigint not null,
                    process bigint not null
                )
                """);
        first = node("first");
        second = node("second");
    }

    @AfterEach
    void stop() throws Exception {
        second.close();
        first.close();
        books.close();
    }

    @Test
    void aLeaderThatWasFrozenBeyondItsLeaseWritesNothingMore() throws Exception {
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var term = writingTerm();
            var frozen = writer(term);
            var other = frozen == first ? second : first;

            frozen.freeze();
            var start = System.nanoTime();
            awaitWrites(other);
            seconds.add((System.nanoTime() - start) / 1e9);
            frozen.thaw();

            assertThat(term(other)).isGreaterThan(term);
            await().atMost(PATIENCE).until(() -> frozen.output().contains("leads no more (term " + term));
        }
        requireOneWriterInEachTerm();
        print("Frozen leader");
    }

    @Test
    void aKilledLeaderIsFollowedByAnother() throws Exception {
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var killed = writer(writingTerm());
            var other = killed == first ? second : first;

            killed.kill();
            var start = System.nanoTime();
            awaitWrites(other);
            seconds.add((System.nanoTime() - start) / 1e9);
            killed.restart();
        }
        requireOneWriterInEachTerm();
        print("Killed leader");
    }

    private void requireOneWriterInEachTerm() throws Exception {
        assertThat(books.value("""
                select count(*) from (select from written group by term having count(distinct process) > 1) as shared
                """)).isEqualTo("0");
        assertThat(books.value("""
                select count(*) from (select term < lag(term) over (order by id) as back from written) as steps where back
                """)).isEqualTo("0");
    }

    private void print(String test) throws Exception {
        System.out.printf(
                "%s: %d faults, %s terms, %s rows, 0 by deposed leaders, seconds to the next leader's first row: %.1f%n",
                test,
                seconds.size(),
                books.value("select count(distinct term) from written"),
                books.value("select count(*) from written"),
                seconds.stream().max(Double::compare).orElseThrow());
    }

    /** The term in which the next row is written. */
    private long writingTerm() throws Exception {
        var last = books.value("select coalesce(max(id), 0) from written");
        return Long.parseLong(await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> books.value("select coalesce(max(term), 0) from written where id > " + last),
                        term -> !term.equals("0")));
    }

    private ServerProcess writer(long term) throws Exception {
        var process = books.value("select max(process) from written where term = " + term);
        return process.equals(Long.toString(first.pid())) ? first : second;
    }

    private static long term(ServerProcess node) {
        return cluster(node).at("/term").asLong();
    }

    private static JsonNode cluster(ServerProcess node) {
        return Client.admin(node)
                .ask("{ cluster { term nodes { host isLeader } } }")
                .path("cluster");
    }

    private void awaitWrites(ServerProcess node) throws Exception {
        var last = books.value("select coalesce(max(id), 0) from written");
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> books.value("select exists (select from written where id > %s and process = %d)"
                                    .formatted(last, node.pid()))
                            .equals("t"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("It does not take over:\n" + first.output() + "\n" + second.output(), e);
        }
    }

    private ServerProcess node(String name) throws IOException {
        var data = directory.resolve(name);
        Files.createDirectories(data.resolve("plugins"));
        Files.writeString(data.resolve("tidemark.yaml"), """
                server:
                  name: %s
                cluster:
                  lease: 2s
                """.formatted(name));
        PluginJar.module("writer", "return Contribution.builder().job(new Writer()).build();")
                .source("stranger.Writer", """
                        package stranger;

                        import dev.tidemark.spi.*;
                        import java.time.Duration;

                        final class Writer implements Job {
                            public String name() { return "write"; }
                            public Duration every() { return Duration.ofMillis(20); }
                            public void run(JobRun run) {
                                run.databases().server().transaction(connection -> {
                                    try (var statement = connection.prepareStatement(
                                            "insert into public.written (term, process) select term, ? from tidemark.lease")) {
                                        statement.setLong(1, ProcessHandle.current().pid());
                                        statement.executeUpdate();
                                    }
                                    try (var statement = connection.createStatement()) {
                                        statement.execute("select pg_sleep(0.05)");
                                    }
                                    return true;
                                });
                            }
                        }
                        """)
                .write(data.resolve("plugins"), "writer.jar");
        return ServerProcess.on(database, data);
    }
}
