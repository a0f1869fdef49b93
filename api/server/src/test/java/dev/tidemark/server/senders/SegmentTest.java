package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.TrackMessage;
import dev.tidemark.server.NodeScripts;
import dev.tidemark.testkit.Markdown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class SegmentTest extends SenderTest {

    @Test
    void theSdkForNodeSendsEveryKindOfMessageOnceThoughItRetries() {
        var printed = NodeScripts.of("segment").run("send.mjs", environment());

        assertThat(Receiver.json(printed).path("attempts").asInt()).isEqualTo(2);
        var orders = receiver.events("Order Completed");
        assertThat(orders).hasSize(1);
        assertThat(orders.getFirst().path("user").asText()).isEqualTo("ada");
        assertThat(orders.getFirst().path("messageId").asText()).startsWith("node-next-");
        assertThat(orders.getFirst().path("properties")).isEqualTo(Receiver.json("""
                        {"revenue": 12.5, "products": [{"sku": "a"}], "context.ip": "10.0.0.1", "context.campaign.name": "spring",
                         "context.library.name": "@segment/analytics-node", "context.library.version": "3.1.0"}
                        """));
        assertThat(Instant.parse(orders.getFirst().path("time").asText()))
                .isCloseTo(Instant.now().minusSeconds(3_600), Assertions.within(30, ChronoUnit.SECONDS));
        assertThat(receiver.events("identify")
                        .getFirst()
                        .path("properties")
                        .path("plan")
                        .asText())
                .isEqualTo("pro");
        assertThat(receiver.events("group")
                        .getFirst()
                        .path("properties")
                        .path("groupId")
                        .asText())
                .isEqualTo("acme");
        assertThat(receiver.events("alias")
                        .getFirst()
                        .path("properties")
                        .path("previousId")
                        .asText())
                .isEqualTo("device-7");
        assertThat(receiver.events("page")
                        .getFirst()
                        .path("properties")
                        .path("category")
                        .asText())
                .isEqualTo("Docs");
        assertThat(receiver.events("screen").getFirst().path("anonymous").asText())
                .isEqualTo("device-7");
    }

    @Test
    void theLibraryForJavaSends() {
        Set<String> delivered = ConcurrentHashMap.newKeySet();
        var analytics = Analytics.builder(receiver.key("write"))
                .setUploadURL(receiver.url() + "/v1/import/")
                .flushInterval(1, TimeUnit.SECONDS)
                .callback(deliveries(delivered))
                .build();

        analytics.enqueue(TrackMessage.builder("Invoice Sent").userId("ada").properties(Map.of("total", 7)));
        analytics.enqueue(IdentifyMessage.builder().userId("jane").traits(Map.of("plan", "free")));
        analytics.flush();

        await().atMost(Duration.ofSeconds(30)).until(() -> delivered.size() == 2);
        analytics.shutdown();
        var invoice = receiver.events("Invoice Sent").getFirst();
        assertThat(invoice.path("messageId").asText()).isIn(delivered);
        assertThat(invoice.path("properties").path("total").asInt()).isEqualTo(7);
        assertThat(invoice.path("properties").path("context.library.name").asText())
                .isEqualTo("analytics-java");
    }

    @Test
    void aBrowserSendsItsKeyInTheBody() {
        var answer = receiver.server()
                .post("/v1/t", """
                        {"type": "track", "event": "Tab Closed", "anonymousId": "device-7", "writeKey": "%s", "sentAt": "%s"}
                        """.formatted(receiver.key("write"), Instant.now()), "Content-Type", "text/plain");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(receiver.events("Tab Closed")).hasSize(1);
    }

    @Test
    void aBodyMayBeCompressed() throws IOException {
        var body = gzip("{\"batch\": [{\"type\": \"track\", \"event\": \"Zipped\"}]}");

        for (var name : List.of("gzip", "GZIP", "x-gzip")) {
            assertThat(post("/v1/batch", body, "Content-Encoding", name).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
        assertThat(post("/v1/b", body).statusCode()).isEqualTo(200);
        assertThat(receiver.events("Zipped")).hasSize(4);
    }

    @Test
    void aBadMessageIsADeadLetterAndSpoilsNoOther() {
        var answer = post("""
                {"batch": [{"type": "track", "event": "Kept"}, {"type": "bogus"}, {"type": "track", "event": "nul \\u0000"},
                           {"type": "track", "event": "Large", "properties": {"text": "%s"}}, 7]}
                """.formatted("x".repeat(33_000)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(receiver.events("Kept")).hasSize(1);
        assertThat(receiver.deadLetters())
                .filteredOn(letter -> letter.path("source").asText().equals("segment"))
                .extracting(letter ->
                        letter.path("code").asText() + letter.path("pointer").asText())
                .contains("not_an_event/type", "not_storable/event", "too_large", "not_an_object");
    }

    @Test
    void aMessageThatIsMendedKeepsWhatItsBatchSaid() {
        var sentAt = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS);
        post("""
                {"batch": [{"event": "Mended", "timestamp": "%s", "context": {"page": {"path": "/a"}}}],
                 "sentAt": "%s", "context": {"app": "shop", "page": {"path": "/b", "title": "t"}}}
                """.formatted(sentAt.minusSeconds(60), sentAt));

        receiver.ask("""
                mutation { retryDeadLetters(input: {where: {}, patch: {type: "track"}}) { stored } }
                """);

        var mended = receiver.events("Mended").getFirst();
        assertThat(Instant.parse(mended.path("time").asText()))
                .isCloseTo(Instant.now().minusSeconds(60), Assertions.within(30, ChronoUnit.SECONDS));
        assertThat(mended.path("properties")).isEqualTo(Receiver.json("""
                {"context.page.path": "/a", "context.page.title": "t", "context.app": "shop"}
                """));
    }

    @Test
    void whatIsTooLargeIsRefused() throws IOException {
        var many = "{\"batch\": [" + String.join(",", Collections.nCopies(2_501, "{\"type\": \"page\"}")) + "]}";
        var bomb = gzip("{\"batch\": [\"" + "x".repeat(1 << 20) + "\"]}");

        assertThat(post(many).statusCode()).isEqualTo(413);
        assertThat(post("/v1/batch", bomb).statusCode()).isEqualTo(413);
        assertThat(post("{\"batch\": [\"" + "x".repeat(1 << 20) + "\"]}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void whoSendsAllOfWhatIsTooLargeBeforeReadingGetsTheRefusal() throws IOException {
        var large = "{\"batch\": [\"" + "x".repeat(16 << 20) + "\"]}";
        var head = "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + large.length() + "\r\n\r\n";

        try (var socket = new Socket("localhost", receiver.server().uri("/").getPort())) {
            socket.getOutputStream().write((head + large).getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void onlyAKeyThatMayWriteIsTaken() {
        var page = "{\"writeKey\": \"%s\"}";

        assertThat(receiver.server().post("/v1/page", page.formatted("wrong")).statusCode())
                .isEqualTo(401);
        assertThat(receiver.server().post("/v1/page", page.formatted("")).statusCode())
                .isEqualTo(401);
        assertThat(receiver.server()
                        .post("/v1/page", page.formatted(receiver.key("read")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThat(post("{\"batch\": [").statusCode()).isEqualTo(400);
        assertThat(post("").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsCompressedOtherwiseIsToldWhatIsTaken() {
        for (var name : List.of("br", "compress", "rot13")) {
            var answer = post("/v1/batch", new byte[] {1}, "Content-Encoding", name);

            assertThat(answer.statusCode()).as(name).isEqualTo(415);
            assertThat(answer.body()).contains("Content-Encoding: " + name, "gzip");
        }
    }

    @Test
    void theReadmeIsRight() {
        var readme = Path.of("../../modules/segment/README.md");
        var node = NodeScripts.of("segment");

        for (var block : Markdown.blocks(readme, "js")) {
            node.runText(block.code().replace("http://localhost:8080", receiver.url()), environment());
        }
        for (var block : Markdown.blocks(readme, "sh")) {
            var command = block.code().replace("http://localhost:8080", receiver.url());
            assertThat(NodeScripts.run(Path.of("."), environment(), "bash", "-c", command))
                    .contains("true");
        }
        assertThat(receiver.events("Order Completed")).hasSizeGreaterThanOrEqualTo(2);
    }

    private Map<String, String> environment() {
        return Map.of("URL", receiver.url(), "WRITE_KEY", receiver.key("write"));
    }

    private HttpResponse<String> post(String body) {
        return post("/v1/batch", body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path, byte[] body, String... headers) {
        var credentials =
                Base64.getEncoder().encodeToString((receiver.key("write") + ":").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(receiver.server().uri(path))
                .header("Authorization", "Basic " + credentials)
                .POST(BodyPublishers.ofByteArray(body));
        return receiver.server().send(request, headers);
    }

    private static byte[] gzip(String text) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    private static Callback deliveries(Set<String> delivered) {
        return new Callback() {
            @Override
            public void success(Message message) {
                delivered.add(message.messageId());
            }

            @Override
            public void failure(Message message, Throwable throwable) {
                throw new AssertionError(throwable);
            }
        };
    }
}
