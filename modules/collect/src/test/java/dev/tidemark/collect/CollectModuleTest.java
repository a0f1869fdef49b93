package dev.tidemark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectModuleTest extends ModuleConformance {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;
    private TestProject project;
    private String key;

    @Override
    protected String module() {
        return "collect";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("collect.body-megabytes", "1");
    }

    @BeforeAll
    void listen() {
        var routing = HttpRouting.builder();
        engine().engine().routes().forEach(routing::register);
        routing.error(
                CallerException.class,
                (request, response, refused) ->
                        response.status(Status.create(refused.code().status())).send(refused.sentence()));
        server = WebServer.builder()
                .port(0)
                .featuresDiscoverServices(false)
                .routing(routing)
                .build()
                .start();
    }

    @AfterAll
    void close() {
        server.stop();
        client.close();
    }

    @BeforeEach
    void makeProject() {
        project = engine().project();
        key = key("WRITE");
    }

    @Test
    void oneEventIsStored() {
        var answer = post(JSON, """
                {"collection": "visit", "time": "2026-01-02T03:04:05+01:00", "user": "anna", "properties": {"url": "/"}}
                """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"stored\":1,\"duplicates\":0,\"refused\":0,\"warnings\":0,\"refusals\":[]}");
    }

    @Test
    void ofAnArrayEachIsJudgedAlone() {
        var answer = post(JSON, """
                [{"collection": "visit", "messageId": "m"},
                 {"collection": "visit", "messageId": "m"},
                 {"collection": "visit", "time": 1767323045},
                 {"collection": "visit", "time": "2026-01-02T03:04:05"},
                 {"collection": "visit", "time": "2016-12-31T23:59:60Z"},
                 {"colection": "visit"},
                 {"collection": "visit", "properties": {"a": "\\u0000"}},
                 {"collection": "visit", "properties": [1]},
                 5]
                """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"stored\":1,\"duplicates\":1,\"refused\":7,\"warnings\":0,");
        assertThat(answer.body())
                .contains("{\"index\":2,\"code\":\"bad_time\",\"pointer\":\"/time\",\"message\":")
                .contains("Did you mean \\\"collection\\\"?")
                .contains("\"code\":\"not_storable\",\"pointer\":\"/properties/a\"")
                .contains("\"index\":8,\"code\":\"not_an_object\"");
    }

    @Test
    void aBrokenLineSpoilsOnlyItself() {
        var answer = post(LINES, "{\"collection\": \"visit\"}\n{\"collection\": \n\n{\"collection\": \"visit\"}\n");

        assertThat(answer.body()).startsWith("{\"stored\":2,\"duplicates\":0,\"refused\":1,");
        assertThat(answer.body()).contains("\"code\":\"bad_json\"").contains("Line 2, column");
    }

    @Test
    void brokenJsonStoresNothingAndNamesItsPlace() {
        var answer = post(JSON, "[{\"collection\": \"visit\"},\n{\"collection\" \"visit\"}]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("Line 2, column 15");
        assertThat(project.query("{ collections { name } }")).isEqualTo(Map.of("collections", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "application/json; charset=utf-8, 200",
        "APPLICATION/JSON, 200"
    })
    void onlyWhatABrowserAsksForFirstIsTaken(String type, int status) {
        assertThat(post(type, "{\"collection\": \"visit\"}").statusCode()).isEqualTo(status);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var answer = post(JSON, "[" + "{\"collection\": \"visit\"},".repeat(60_000) + "{}]");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aKeyThatMayNotWriteIsRefused() {
        key = key("READ");
        assertThat(post(JSON, "{}").statusCode()).isEqualTo(403);

        key = "wrong";
        assertThat(post(JSON, "{}").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> post(String type, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/collect"))
                .header("X-API-Key", key)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String key(String scope) {
        var administrator = engine().administrator();
        var caller = new Caller(administrator.key(), administrator.scopes(), Optional.of(project.project()));
        var answer = new TestProject(engine().engine(), project.project(), caller)
                .query(
                        "mutation($scope: Scope!) { createApiKey(input: {name: \"test\", scopes: [$scope]}) { secret } }",
                        Map.of("scope", scope));
        return (String) ((Map<?, ?>) answer.get("createApiKey")).get("secret");
    }
}
