package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.server.NodeScripts;
import dev.tidemark.testkit.Markdown;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PosthogTest extends SenderTest {

    @Test
    void theSdkForNodeSendsEveryKindOfCaptureOnceThoughItRetries() {
        var printed = NodeScripts.of("posthog").run("send.mjs", environment());

        assertThat(Receiver.json(printed).path("attempts").asInt()).isEqualTo(2);
        var orders = receiver.events("Order Completed");
        assertThat(orders).hasSize(1);
        assertThat(orders.getFirst().path("user").asText()).isEqualTo("ada");
        assertThat(orders.getFirst().path("properties")).isEqualTo(Receiver.json("""
                        {"revenue": 12.5, "context.groups.company": "acme", "context.traits.plan": "pro", "context.lib": "posthog-node",
                         "context.lib_version": "5.70.0", "context.is_server": true, "context.geoip_disable": true}
                        """));
        assertThat(Instant.parse(orders.getFirst().path("time").asText()))
                .isCloseTo(Instant.now().minusSeconds(3_600), Assertions.within(30, ChronoUnit.SECONDS));
        var identified = receiver.events("identify").getFirst().path("properties");
        assertThat(identified.path("plan").asText()).isEqualTo("pro");
        assertThat(identified.path("context.traits_once.first").asInt()).isEqualTo(1);
        assertThat(receiver.events("alias")
                        .getFirst()
                        .path("properties")
                        .path("previousId")
                        .asText())
                .isEqualTo("device-7");
        var group = receiver.events("group").getFirst();
        assertThat(group.path("user").isNull()).isTrue();
        assertThat(group.path("properties").path("groupId").asText()).isEqualTo("acme");
        var page = receiver.events("page").getFirst();
        assertThat(page.path("anonymous").asText()).isEqualTo("device-7");
        assertThat(page.path("properties").path("context.current_url").asText()).isEqualTo("https://shop.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/batch", "/batch/", "/capture/", "/e/", "/i/v0/e/?ip=1&_=1767355200000&ver=1.2"})
    void everyAddressTakesEveryShape(String address) {
        var collection = "Shape" + address.length();
        var capture = "{\"event\": \"" + collection + "\", \"distinct_id\": \"d\", \"properties\": {\"token\": \""
                + receiver.key("write") + "\"}}";
        var base64 = Base64.getEncoder().encodeToString(capture.getBytes(StandardCharsets.UTF_8));

        for (var body : new String[] {
            capture,
            "[" + capture + "]",
            "{\"batch\": [" + capture + "]}",
            "data=" + URLEncoder.encode(capture, StandardCharsets.UTF_8),
            "data=" + URLEncoder.encode(base64, StandardCharsets.UTF_8) + "&compression=base64"
        }) {
            var answer = receiver.server().post(address, body);
            assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(200);
        }

        assertThat(receiver.events(collection))
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(receiver.key("write")));
    }

    @Test
    void aBadCaptureIsADeadLetterAndSpoilsNoOther() {
        var answer = receiver.server().post("/batch/", """
                        {"api_key": "%s", "batch": [{"event": "Kept"}, {"distinct_id": "d"}, {"event": "a", "timestamp": "soon"}]}
                        """.formatted(receiver.key("write")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(receiver.events("Kept")).hasSize(1);
        assertThat(receiver.deadLetters())
                .extracting(letter ->
                        letter.path("source").asText() + letter.path("pointer").asText())
                .contains("posthog/event", "posthog/timestamp");
    }

    /** As the SDK for Python writes it, which drops a batch that is refused. */
    @Test
    void anEventWithNaNSpoilsNoOther() {
        var answer = receiver.server().post("/batch/", """
                        {"api_key": "%s", "batch": [{"event": "Measured", "properties": {"x": 1.5}},
                         {"event": "Measured", "properties": {"x": NaN}}, {"event": "Measured", "properties": {"x": 2.5}}]}
                        """.formatted(receiver.key("write")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(receiver.events("Measured")).hasSize(2);
        assertThat(receiver.deadLetters())
                .extracting(letter -> letter.path("pointer").asText())
                .contains("/properties/x");
    }

    @Test
    void aDeadLetterHoldsNoKeyAndCanBeRetried() {
        var answer = receiver.server().post("/batch/", """
                [{"event": "Mended", "api_key": "%1$s", "timestamp": "soon", "properties": {"token": "%1$s", "n": 1, "empty": ""}},
                 {"event": "Spoiled", "event": "Twice", "token": "%1$s"}]
                """.formatted(receiver.key("write")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(receiver.deadLetters())
                .extracting(letter -> letter.path("raw").asText())
                .anyMatch(raw -> raw.contains("Mended"))
                .anyMatch(raw -> raw.contains("Spoiled"))
                .noneMatch(raw -> raw.contains(receiver.key("write")));
        receiver.ask("""
                mutation { retryDeadLetters(input: {where: {}, patch: {timestamp: null}}) { stored } }
                """);
        assertThat(receiver.events("Mended").getFirst().path("properties"))
                .isEqualTo(Receiver.json("{\"n\": 1, \"empty\": \"\"}"));
    }

    @Test
    void aCaptureThatIsMendedKeepsWhenItsBatchWasSent() {
        var sentAt = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS);
        receiver.server().post("/batch/", """
                        {"api_key": "%s", "sent_at": "%s", "batch": [{"timestamp": "%s"}]}
                        """.formatted(receiver.key("write"), sentAt, sentAt.minusSeconds(60)));

        receiver.ask("""
                mutation { retryDeadLetters(input: {where: {}, patch: {event: "Late"}}) { stored } }
                """);

        assertThat(Instant.parse(receiver.events("Late").getFirst().path("time").asText()))
                .isCloseTo(Instant.now().minusSeconds(60), Assertions.within(30, ChronoUnit.SECONDS));
    }

    @Test
    void aTimeOfSendingThatCannotBeReadCostsNoCapture() {
        var answer = receiver.server().post("/batch/", """
                        {"api_key": "%s", "sent_at": "soon", "batch": [{"event": "Unsent", "timestamp": "%s"}]}
                        """.formatted(receiver.key("write"), Instant.now()));

        receiver.ask("""
                mutation { retryDeadLetters(input: {where: {}, patch: {sent_at: null}}) { stored } }
                """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(receiver.events("Unsent")).hasSize(1);
    }

    @Test
    void newerSdksAreToldOfEachCaptureWhatBecameOfIt() {
        var body = """
            {"created_at": "2026-01-02T03:04:05Z", "batch": [
             {"event": "Newer", "uuid": "0190a000-0000-7000-8000-000000000001", "distinct_id": "ada", "session_id": "s",
              "timestamp": "2026-01-02T03:04:05Z", "options": {}, "properties": {"n": 1}},
             {"event": "Newer", "uuid": "0190a000-0000-7000-8000-000000000002", "distinct_id": "device-7",
              "timestamp": "2026-01-02T03:04:05Z", "options": {"process_person_profile": false}, "properties": {}},
             {"event": "Newer", "uuid": "0190a000-0000-7000-8000-000000000003", "distinct_id": "ada", "timestamp": "soon"}]}
            """;
        var address = "/i/v1/analytics/events";

        for (int attempt = 0; attempt < 2; attempt++) {
            var answer = receiver.server()
                    .post(address, body, "Authorization", "Bearer " + receiver.key("write"), "PostHog-Attempt", "1");
            assertThat(Receiver.json(answer.body())).isEqualTo(Receiver.json("""
                            {"results": {"0190a000-0000-7000-8000-000000000001": {"result": "ok"},
                                         "0190a000-0000-7000-8000-000000000002": {"result": "ok"},
                                         "0190a000-0000-7000-8000-000000000003": {"result": "drop", "details": "not_an_event"}}}
                            """));
        }

        assertThat(receiver.server().post(address, body).statusCode()).isEqualTo(401);
        assertThat(receiver.events("Newer"))
                .extracting(event ->
                        event.path("user").asText() + event.path("anonymous").asText())
                .containsExactlyInAnyOrder("adanull", "nulldevice-7");
        assertThat(receiver.events("Newer"))
                .anySatisfy(event -> assertThat(event.path("properties"))
                        .isEqualTo(Receiver.json("{\"n\": 1, \"context.session_id\": \"s\"}")));
    }

    @Test
    void onlyAKeyThatMayWriteIsTaken() {
        var capture = "{\"api_key\": \"%s\", \"event\": \"a\"}";

        assertThat(receiver.server()
                        .post("/capture", capture.formatted("wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(receiver.server().post("/capture", "{\"event\": \"a\"}").statusCode())
                .isEqualTo(401);
        assertThat(receiver.server()
                        .post("/capture", capture.formatted(receiver.key("read")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theReadmeIsRight() {
        var readme = Path.of("../../modules/posthog/README.md");
        var node = NodeScripts.of("posthog");

        for (var block : Markdown.blocks(readme, "js")) {
            node.runText(block.code().replace("http://localhost:8080", receiver.url()), environment());
        }
        for (var block : Markdown.blocks(readme, "sh")) {
            var command = block.code().replace("http://localhost:8080", receiver.url());
            assertThat(NodeScripts.run(Path.of("."), environment(), "bash", "-c", command))
                    .contains("status");
        }
        assertThat(receiver.events("Order Completed")).hasSizeGreaterThanOrEqualTo(2);
    }

    private Map<String, String> environment() {
        return Map.of("URL", receiver.url(), "WRITE_KEY", receiver.key("write"));
    }
}
