package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.postgres.RunDatabase;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
final class StartAndStopTest {

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
    void aKilledServerStartsAgainOnWhatItLeft() throws IOException {
        var data = directory.resolve("data");
        RunDatabase.copyTo(data.resolve("postgres"));
        try (var server = ServerProcess.embedded(data)) {
            server.ask("mutation { createProject(input: { slug: \"kept\" }) { userErrors { message } } }");

            server.kill();
            server.restart();

            assertThat(server.ask("{ projects { slug } }")).contains("kept");
        }
    }

    /** f22: the disk of its log is full. */
    @Test
    void aServerThatCannotWriteItsLogGoesOn(PostgresAddress database) throws IOException {
        var data = directory.resolve("mute");
        Files.createSymbolicLink(directory.resolve("mute.log"), Path.of("/dev/full"));
        try (var server = ServerProcess.on(database, data)) {
            var answer = server.ask("mutation { createProject(input: { slug: \"mute\" }) { project { slug } } }");

            assertThat(answer).contains("\"slug\":\"mute\"");
            server.askToStop();
            assertThat(server.awaitEnd()).isEqualTo(143);
        }
    }
}
