package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
final class StartAndStopTest {

    private static final int SENDERS = 100;

    @TempDir
    private Path directory;

    @Test
    void aServerWithItsOwnDatabaseTellsWhatAPersonNeedsAndCleansUpBehindItself() {
        var data = directory.resolve("data");
        var server = ServerProcess.embedded(data);

        await().atMost(Duration.ofSeconds(30)).until(() -> server.output().contains("ready in"));
        var ready = server.output();
        server.askToStop();
        var code = server.awaitEnd();

        assertThat(ready)
                .containsPattern("ready in [\\d,]+ ms")
                .contains(server.url() + "/graphiql/#key=tmk_")
                .contains("projects", "imports");
        assertThat(code).isEqualTo(143);
        assertThat(data.resolve("server.json")).doesNotExist();
        assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void aKilledServerStartsAgainOnWhatItLeft() {
        try (var server = ServerProcess.embedded(directory.resolve("data"))) {
            ask(server, "mutation { createProject(input: { slug: \\\"kept\\\" }) { userErrors { message } } }");

            server.kill();
            server.restart();

            assertThat(ask(server, "{ projects { slug } }")).contains("kept");
        }
    }

    /** f44: PostgreSQL absent at start. */
    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws IOException {
        var home = directory.resolve("postgres");
        var database = EmbeddedDatabase.start(home);
        var address = new PostgresAddress(database.url(), database.user(), database.password());
        database.close();

        try (var server =
                ServerProcess.launched(directory.resolve("data"), "--database-url", ServerProcess.url(address))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> server.readiness() == 503);
            try (var back = EmbeddedDatabase.start(home)) {
                assertThat(back.url()).isEqualTo(address.url());
                server.awaitReady();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> server.readiness() == 503);
            try (var back = EmbeddedDatabase.start(home)) {
                assertThat(back.url()).isEqualTo(address.url());
                server.awaitReady();
                server.askToStop();
                assertThat(server.awaitEnd()).isEqualTo(143);
            }
        }
    }

    /** f46: graceful stop under load. */
    @Test
    void aStopUnderLoadLosesNothingThatWasAcknowledged(PostgresAddress database)
            throws InterruptedException, SQLException {
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var isOver = new AtomicBoolean();
        var server = ServerProcess.on(database, directory.resolve("data"));
        ask(server, "mutation { createProject(input: { slug: \\\"load\\\" }) { userErrors { message } } }");

        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < SENDERS; sender++) {
                var name = "s" + sender + "-";
                senders.execute(() -> send(server, name, acknowledged, isOver));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > 2 * SENDERS);
            var asked = System.nanoTime();
            server.askToStop();
            var code = server.awaitEnd();
            isOver.set(true);

            assertThat(code).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(stored(database)).containsAll(acknowledged);
    }

    private static void send(ServerProcess server, String name, Set<String> acknowledged, AtomicBoolean isOver) {
        try (var client = HttpClient.newHttpClient()) {
            for (int i = 0; !isOver.get(); i++) {
                var id = name + i;
                var request = HttpRequest.newBuilder(URI.create(server.url() + "/collect"))
                        .timeout(Duration.ofSeconds(30))
                        .headers("Content-Type", "application/json", "X-API-Key", ServerProcess.ADMIN_KEY)
                        .header("Tidemark-Project", "load")
                        .POST(BodyPublishers.ofString("{\"collection\":\"click\",\"messageId\":\"" + id + "\"}"))
                        .build();
                if (client.send(request, BodyHandlers.ofString()).statusCode() == 200) {
                    acknowledged.add(id);
                }
            }
        } catch (IOException e) {
            // the server is gone: what it did not acknowledge does not count
            isOver.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> stored(PostgresAddress database) throws SQLException {
        Set<String> stored = new HashSet<>();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select _message_id from load.click")) {
            while (rows.next()) {
                assertThat(stored.add(rows.getString(1))).isTrue();
            }
        }
        return stored;
    }

    private static String ask(ServerProcess server, String query) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/graphql"))
                                    .headers("Content-Type", "application/json", "X-API-Key", ServerProcess.ADMIN_KEY)
                                    .POST(BodyPublishers.ofString("{\"query\":\"" + query + "\"}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
