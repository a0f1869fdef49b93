package dev.tidemark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectModuleTest extends ModuleConformance {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

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

    @BeforeEach
    void makeProject() {
        project = engine().project();
        key = project.key(Scope.WRITE);
    }

    @Test
    void oneEventIsStored() {
        var answer = post(JSON, """
                {"collection": "visit", "time": "2026-01-02T03:04:05+01:00", "user": "anna", "properties": {"url": "/"}}
                """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"stored\":1,\"duplicates\":0,\"refused\":0,\"warnings\":0,\"notKept\":0,\"refusals\":[]}");
    }

    @Test
    void aTimeIsCutToMicroseconds() {
        post(JSON, "{\"collection\": \"visit\", \"time\": \"2026-01-02T03:04:05.123456789Z\"}");

        assertThat(project.query("{ collections { firstEvent } }"))
                .isEqualTo(Map.of("collections", List.of(Map.of("firstEvent", "2026-01-02T03:04:05.123456Z"))));
    }

    @Test
    void aBodyMayBeCompressed() throws IOException {
        var answer = site().send(HttpRequest.newBuilder(site().uri("/collect"))
                .headers("X-API-Key", key, "Content-Type", LINES)
                .POST(BodyPublishers.ofByteArray(gzip("{\"collection\": \"visit\"}\n".repeat(3)))));

        assertThat(answer.body()).startsWith("{\"stored\":3,");
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
        key = project.key(Scope.READ);
        assertThat(post(JSON, "{}").statusCode()).isEqualTo(403);

        key = "wrong";
        assertThat(post(JSON, "{}").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> post(String type, String body) {
        return site().post("/collect", body, "X-API-Key", key, "Content-Type", type);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
