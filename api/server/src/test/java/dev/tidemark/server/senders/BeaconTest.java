package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.server.NodeScripts;
import dev.tidemark.testkit.Markdown;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BeaconTest extends SenderTest {

    private static final String LISTED = "https://shop.example";
    private static final Path README = Path.of("../../modules/beacon/README.md");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @BeforeAll
    void listOrigins() {
        Markdown.blocks(README, "graphql").forEach(block -> receiver.ask(block.code()));
    }

    @Test
    void aPixelTellsAnEvent() {
        var answer = pixel("&collection=mail+opened&user=ada&campaign=spring&tag=a&tag=b");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/gif");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.body()).startsWith("GIF89a");
        var event = receiver.events("mail opened").getFirst();
        assertThat(event.path("user").asText()).isEqualTo("ada");
        assertThat(event.path("properties"))
                .isEqualTo(Receiver.json("{\"campaign\": \"spring\", \"tag\": [\"a\", \"b\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&campaign=nocollection", "&collection=a&text=%00", "&collection=_a", "&collection=a&time=soon"})
    void aPixelThatTellsNoEventIsADeadLetter(String address) {
        var before = receiver.deadLetters().size();

        assertThat(pixel(address).statusCode()).isEqualTo(200);

        assertThat(receiver.deadLetters()).hasSize(before + 1);
        assertThat(receiver.deadLetters().getFirst().path("source").asText()).isEqualTo("pixel");
        assertThat(receiver.deadLetters().toString()).doesNotContain(receiver.key("write"));
    }

    @Test
    void onlyAKeyThatCanDoNothingButWriteIsTaken() {
        for (var path : List.of("/pixel.gif?collection=a", "/pixel.gif?collection=a&key=wrong", "/pixel.gif?key=")) {
            assertThat(receiver.server().get(path).statusCode()).isEqualTo(401);
        }
        for (var scope : List.of("read", "master")) {
            var key = receiver.key(scope);
            assertThat(receiver.server()
                            .get("/pixel.gif?collection=a&key=" + key)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(receiver.server().post("/beacon?key=" + key, "{}").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aListedOriginMaySend() {
        var answer = beacon(LISTED);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(LISTED);
        assertThat(answer.headers().firstValue("Vary")).hasValue("Origin");
        assertThat(receiver.events("sent by " + LISTED)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://shop.example", "https://shop.example.evil.example", "null"})
    void anotherOriginMayNot(String origin) {
        var answer = beacon(origin);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(receiver.ask("{ collections { label } }").toString()).doesNotContain("sent by " + origin + "\"");
    }

    @Test
    void aPreflightIsAnsweredForListedOriginsOnly() {
        var listed = preflight(LISTED);
        var other = preflight("https://evil.example");

        assertThat(listed.statusCode()).isEqualTo(204);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(LISTED);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Methods")).hasValue("POST");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Headers")).hasValue("Content-Type");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.example", "https://shop.example/", "https://shop.example/a", "file://a", "https://a b", ""
            })
    void whatIsNoOriginIsRefused(String origin) {
        var answer = receiver.ask("mutation { setAllowedOrigins(input: {origins: [\"" + origin
                + "\"]}) { allowedOrigins userErrors { code path } } }");

        assertThat(answer.path("setAllowedOrigins").path("userErrors").toString())
                .contains("BAD_USER_INPUT");
        assertThat(receiver.ask("{ allowedOrigins }").path("allowedOrigins"))
                .isEqualTo(Receiver.json("[\"" + LISTED + "\"]"));
    }

    @Test
    void chromiumSendsWhileAPageGoesAway() {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed: the pages are opened in it.");
        var ofReadme = Markdown.blocks(README, "js").getFirst().code();
        var asJson = "navigator.sendBeacon('http://localhost:8080/beacon?key=WRITE_KEY',"
                + " new Blob(['{\"collection\": \"asked before\"}'], {type: 'application/json'}))";

        var printed = NodeScripts.of("beacon")
                .run(
                        "page.mjs",
                        Map.of(
                                "ORIGIN", LISTED,
                                "HTML",
                                        filled(Markdown.blocks(README, "html")
                                                .getFirst()
                                                .code()),
                                "SCRIPTS", Receiver.json(List.of(filled(ofReadme), filled(asJson)))));

        assertThat(Receiver.json(printed))
                .isEqualTo(Receiver.json("{\"queued\": [true, true], \"width\": 1, \"refused\": []}"));
        assertThat(receiver.events("page left")).hasSize(1);
        assertThat(receiver.events("asked before")).hasSize(1);
        assertThat(receiver.events("mail opened")).hasSizeGreaterThanOrEqualTo(3);
    }

    private String filled(String code) {
        return code.replace("http://localhost:8080", receiver.url()).replace("WRITE_KEY", receiver.key("write"));
    }

    private HttpResponse<String> pixel(String address) {
        return receiver.server().get("/pixel.gif?key=" + receiver.key("write") + address);
    }

    private HttpResponse<String> beacon(String origin) {
        return receiver.server()
                .post(
                        "/beacon?key=" + receiver.key("write"),
                        "{\"collection\": \"sent by " + origin + "\"}",
                        "Content-Type",
                        "text/plain;charset=UTF-8",
                        "Origin",
                        origin);
    }

    private HttpResponse<String> preflight(String origin) {
        var request = HttpRequest.newBuilder(receiver.server().uri("/beacon?key=" + receiver.key("write")))
                .method("OPTIONS", BodyPublishers.noBody());
        return receiver.server()
                .send(
                        request,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type");
    }
}
