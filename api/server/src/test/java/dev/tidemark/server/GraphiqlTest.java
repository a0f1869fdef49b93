package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GraphiQL as a person has it: in Chromium, on a server with events. */
@ExtendWith(PostgresExtension.class)
final class GraphiqlTest {

    private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();
    private static final Path SCREENSHOT = Path.of("target/graphiql.png").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATE = """
            mutation { createProject(input: { slug: "demo" }) { keys { master } } }
            """;
    private static final String COLLECT = """
            mutation { collect(input: { events: [{ collection: "click", properties: { country: "France" } }] }) { stored } }
            """;

    @Test
    void aPersonAsksInTheBrowser(PostgresAddress database) throws IOException, InterruptedException {
        var node = program("node");
        var chromium = program("chromium");
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
            run(program("npm"), "ci", "--no-audit", "--no-fund");
        }
        Files.createDirectories(SCREENSHOT.getParent());

        try (var server = TestServer.start(database)) {
            var key = JSON.readTree(ask(server, TestServer.ADMIN_KEY, CREATE))
                    .at("/data/createProject/keys/master")
                    .asText();
            ask(server, key, COLLECT);

            var report = run(
                    node,
                    "graphiql.mjs",
                    "--url",
                    server.url(),
                    "--key",
                    key,
                    "--query",
                    "{ collections { name eventCount } }",
                    "--expect",
                    "click",
                    "--screenshot",
                    SCREENSHOT.toString(),
                    "--chromium",
                    chromium);

            assertThat(JSON.readTree(report).get("problems")).isEmpty();
        }
    }

    private static String ask(TestServer server, String key, String query) throws IOException {
        return server.post(
                        "/graphql",
                        JSON.writeValueAsString(Map.of("query", query)),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + key)
                .body();
    }

    private static String program(String name) {
        var found = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "There is no " + name + " on this machine.");
        return found.orElseThrow().toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }
}
