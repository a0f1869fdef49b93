package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.server.NodeScripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Segment's SDK for browsers, on a page of an origin that the operator lists. */
final class SegmentBrowserTest extends SenderTest {

    private static final String ORIGIN = "https://shop.example";
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    SegmentBrowserTest() {
        super(Map.of("server.cors-origins", ORIGIN));
    }

    @Test
    void theSdkForBrowsersAsksAndSendsNobodyElse() {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed: the page is opened in it.");

        var printed = NodeScripts.of("segment")
                .run(
                        "browser.mjs",
                        Map.of("URL", receiver.url(), "WRITE_KEY", receiver.key("write"), "ORIGIN", ORIGIN));

        assertThat(Receiver.json(printed)).isEqualTo(Receiver.json("""
                        {"failed": [], "refused": [], "asked": ["%s", "%s"]}
                        """.formatted(receiver.url(), ORIGIN)));
        var viewed = receiver.events("Cart Viewed").getFirst();
        assertThat(viewed.path("user").asText()).isEqualTo("ada");
        assertThat(viewed.path("anonymous").asText()).isNotEmpty();
        assertThat(viewed.path("properties").path("items").asInt()).isEqualTo(2);
        assertThat(viewed.path("properties").path("context.campaign.name").asText())
                .isEqualTo("spring");
        assertThat(receiver.events("page")).hasSize(1);
        assertThat(receiver.events("identify")).hasSize(1);
    }

    @Test
    void theSettingsOfSdksNameTheAddressThatTheClientHas() {
        var key = receiver.key("write");
        var settings = "/v1/projects/" + key + "/settings";

        var behindProxy =
                receiver.server().get(settings, "X-Forwarded-Host", "tidemark.example", "X-Forwarded-Proto", "https");

        assertThat(Receiver.json(behindProxy.body()).path("integrations")).isEqualTo(Receiver.json("""
                        {"Segment.io": {"apiKey": "%s", "apiHost": "tidemark.example/v1", "protocol": "https"}}
                        """.formatted(key)));
        assertThat(receiver.server().get("/v1/projects/nobody/settings").statusCode())
                .isEqualTo(401);
        assertThat(receiver.server()
                        .get("/v1/projects/" + receiver.key("read") + "/settings")
                        .statusCode())
                .isEqualTo(403);
    }
}
