package dev.tidemark.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.cli.TidemarkCommand;
import dev.tidemark.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineTest {

    private TestServer server;

    @TempDir
    private Path directory;

    /** What a command printed and how it ended. */
    private record Ran(int code, String out, String err) {}

    @BeforeAll
    void start(PostgresAddress database) {
        server = TestServer.start(database);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aCommandOnTheServersMachineNeedsNoKey() throws IOException {
        var created = run("project", "create", "local", "--data", server.data().toString());

        assertThat(created.code()).isZero();
        assertThat(created.out()).contains("MASTER_KEY=tmk_", "WRITE_KEY=tmk_", "READ_KEY=tmk_");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.data().resolve("server.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void projectsAreMadeListedAndDeleted() {
        ask("project", "create", "passing");
        var before = ask("project", "list");

        var mistaken = ask("project", "delete", "passing", "--confirm", "other");
        var deleted = ask("project", "delete", "passing", "--confirm", "passing");

        assertThat(before.out()).contains("passing");
        assertThat(mistaken.code()).isEqualTo(1);
        assertThat(deleted.code()).isZero();
        assertThat(ask("project", "list").out()).doesNotContain("passing");
    }

    @Test
    void aKeyWorksUntilItIsRevoked() {
        ask("project", "create", "keyed");
        var key = ask("key", "create", "--project", "keyed", "--name", "dashboard", "--scope", "read")
                .out()
                .strip();
        var line = ask("key", "list", "--project", "keyed")
                .out()
                .lines()
                .filter(listed -> listed.endsWith("dashboard"))
                .findFirst()
                .orElseThrow();
        var id = line.substring(0, line.indexOf(' '));

        var before = statusWith(key);
        ask("key", "revoke", id, "--project", "keyed");

        assertThat(before).isEqualTo(200);
        assertThat(statusWith(key)).isEqualTo(401);
    }

    @Test
    void aKeySendsNoMoreThanItsLimitsAllow() {
        ask("project", "create", "limited");
        var bySecond = limited("--events-per-second", "1");
        var byDay = limited("--events-per-day", "4");
        var three = "[" + "{\"collection\": \"a\"},".repeat(2) + "{\"collection\": \"a\"}]";

        assertThat(collect(byDay, three).statusCode()).isEqualTo(200);
        assertThat(collect(bySecond, three).statusCode()).isEqualTo(200);

        assertLimited(collect(bySecond, three), "eventsPerSecond", 0);
        assertLimited(collect(byDay, three), "eventsPerDay", 1);
        assertThat(collectByGraphql(bySecond)).contains("\"RATE_LIMITED\"");
        assertThat(collectByGraphql(byDay)).contains("\"stored\":1");
        assertThat(collectByGraphql(byDay)).contains("\"QUOTA_EXCEEDED\"", "no more events");
        assertThat(server.ask("limited", "{ collection(name: \"a\") { eventCount } }"))
                .contains("\"eventCount\":7");
    }

    private String limited(String option, String events) {
        return ask("key", "create", "--project", "limited", "--name", "sender", "--scope", "write", option, events)
                .out()
                .strip();
    }

    private HttpResponse<String> collect(String key, String events) {
        return server.post("/collect", events, "Content-Type", "application/json", "X-API-Key", key);
    }

    private String collectByGraphql(String key) {
        var query =
                "{\"query\": \"mutation { collect(input: {events: [{collection: \\\"a\\\"}]}) { stored userErrors { code message } } }\"}";
        return server.post("/graphql", query, "Content-Type", "application/json", "X-API-Key", key)
                .body();
    }

    private static void assertLimited(HttpResponse<String> answer, String limit, int left) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        var seconds = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
        assertThat(seconds).isPositive();
        assertThat(answer.headers().firstValue("RateLimit")).contains("\"" + limit + "\";r=" + left + ";t=" + seconds);
    }

    @Test
    void aRefusalIsOneSentence() {
        var ran = ask("project", "create", "Not A Slug");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefused() {
        var ran = run("project", "list", "--url", server.url(), "--key", "tmk_wrong");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("No key opens this");
    }

    @Test
    void whereNoServerRunsItIsToldHowToStartOne() {
        var onNoData = run("project", "list", "--data", directory.toString());
        var onNoPort = run("project", "list", "--url", "http://127.0.0.1:1", "--key", "x");

        assertThat(onNoData.err()).startsWith("No server runs on").contains("./tidemark serve");
        assertThat(onNoPort.err()).startsWith("No server answers at").contains("./tidemark serve");
    }

    @Test
    void whatCannotStartSaysWhy() {
        assertThat(serve("--port", "eighty").err()).startsWith("Setting server.port is \"eighty\"");
        assertThat(serve("--config", directory.resolve("none.yaml").toString()).err())
                .contains("cannot be read");
        assertThat(serve("--database-url", "mysql://x/y").err()).startsWith("The database's URL is none of PostgreSQL");
        assertThat(serve("--port", Integer.toString(server.uri("").getPort())).err())
                .contains("cannot be listened on");
        assertThat(serve("--data", "/proc/tidemark").err()).contains("cannot be written");
    }

    @Test
    void anUnknownSettingRefusesTheStartWithTheNearest(PostgresAddress database) throws IOException {
        var file = Files.writeString(directory.resolve("tidemark.yaml"), "server:\n  prot: 0\n", UTF_8);

        var ran = serve(
                "--config",
                file.toString(),
                "--port",
                "0",
                "--database-url",
                ServerProcess.url(database),
                "--data",
                directory.resolve("data").toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Unknown setting server.prot. Did you mean \"server.port\"?");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(run().out()).contains("serve", "project", "key", "backup", "restore", "version", "help");
        assertThat(run("help", "serve").out()).contains("--database-url");
        assertThat(run("help", "project", "create").out()).contains("SLUG");
        assertThat(run("help", "sreve").err()).contains("Did you mean \"serve\"?");
        assertThat(run("version").out()).startsWith("Tidemark ");
    }

    @Test
    void allSettingsAreListedWithTheirDefaults() {
        var settings = run("help", "settings").out();

        assertThat(settings)
                .contains("server.port   (TIDEMARK_SERVER_PORT)", "Default: 8080", "graphql.timeout", "collect.")
                .doesNotContain("tidemark-settings");
    }

    private int statusWith(String key) {
        return server.post(
                        "/graphql",
                        "{\"query\":\"{ __typename }\"}",
                        "Content-Type",
                        "application/json",
                        "X-API-Key",
                        key)
                .statusCode();
    }

    private Ran ask(String... arguments) {
        return run(
                Stream.concat(Arrays.stream(arguments), Stream.of("--url", server.url(), "--key", TestServer.ADMIN_KEY))
                        .toArray(String[]::new));
    }

    private static Ran serve(String... arguments) {
        return run(Stream.concat(Stream.of("serve"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static Ran run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var systemOut = System.out;
        var systemErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, UTF_8));
            System.setErr(new PrintStream(err, true, UTF_8));
            var code = TidemarkCommand.run(arguments);
            return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
    }
}
