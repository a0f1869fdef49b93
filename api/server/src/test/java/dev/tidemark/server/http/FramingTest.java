package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ClientAddress;
import dev.tidemark.spi.ErrorCode;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FramingTest {

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    private SmallSite site;

    @BeforeAll
    void start() {
        HttpService route = rules -> rules.get("/busy", (request, response) -> {
                    throw new CallerException(ErrorCode.RATE_LIMITED, "Too fast.");
                })
                .get("/wrong", (request, response) -> {
                    throw new CallerException(ErrorCode.BAD_USER_INPUT, "This is wrong.", "a", "b");
                })
                .get("/broken", (request, response) -> {
                    throw new IllegalStateException("select secret from hidden");
                })
                .get(
                        "/query",
                        (request, response) -> response.send(request.query().get("a")))
                .get("/address", (request, response) -> response.send(ClientAddress.of(request)))
                .post(
                        "/length",
                        (request, response) -> response.send(
                                Integer.toString(request.content().inputStream().readAllBytes().length)));
        site = new SmallSite(Map.of("/module", route), "https://shop.example");
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void aLengthThatCanBeReadInTwoWaysIsRefusedAndTheConnectionClosed() throws IOException {
        for (var headers : new String[] {
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: 5\r\nContent-Length: 60\r\n",
            "Content-Length: 5, 60\r\n",
            "Content-Length: -5\r\n",
            "Content-Length: +5\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        }) {
            var answer = site.raw("POST /module/length HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + SMUGGLED);

            assertThat(answer)
                    .as(headers)
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("404")
                    .doesNotEndWith("[open]");
        }
    }

    @Test
    void aClientBehindAProxyIsWhomTheProxySaysAndNotWhomItSaysItself() {
        var address = site.request("/module/address");

        assertThat(site.send(address).body()).isEqualTo("127.0.0.1");
        assertThat(site.send(address, "X-Forwarded-For", "203.0.113.7").body()).isEqualTo("203.0.113.7");
        assertThat(site.send(address, "X-Forwarded-For", "10.0.0.1, 2001:db8::7")
                        .body())
                .isEqualTo("2001:db8::7");
        assertThat(site.send(address, "X-Forwarded-For", "10.0.0.1", "X-Forwarded-For", "203.0.113.7")
                        .body())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void aHugeChunkIsRefusedBeforeItIsGathered() throws IOException {
        var answer = site.raw(
                "POST /module/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nxxxx");

        assertThat(answer).startsWith("HTTP/1.1 413").doesNotEndWith("[open]");
    }

    @Test
    void aChunkSizeThatNeverEndsIsRefused() throws IOException {
        var answer = site.raw(
                "POST /module/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + "0".repeat(200_000));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotEndWith("[open]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\n", "\r\n", "-1\r\n", "+5\r\n", "0x5\r\n", "100000000\r\n", "0\r\nGET / HTTP/1.1\r\n\r\n"})
    void aChunkWithoutAProperSizeIsRefusedAndTheConnectionClosed(String chunk) throws IOException {
        var answer = site.raw("POST /module/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);

        assertThat(answer).startsWith("HTTP/1.1 4").endsWith("[closed]").containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void whatAChunkSaysBesidesItsSizeIsPassedOver() throws IOException {
        var answer = site.raw("""
                POST /module/length HTTP/1.1\r
                Host: x\r
                Transfer-Encoding: chunked\r
                \r
                05 ;name="value"\r
                hello\r
                000\r
                \r
                """);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\r\n5").endsWith("[open]");
    }

    @Test
    void chunksAreReadToTheEnd() throws IOException {
        var answer = site.raw("POST /module/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk("hello") + chunk(" world") + chunk(""));

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\r\n11").endsWith("[open]");
    }

    @Test
    void whatIsNoHttpIsAProblem() throws IOException {
        assertThat(site.raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(site.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(site.raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(50_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aClientThatLeavesAmidItsRequestHarmsNobody() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
            socket.getOutputStream()
                    .write("POST /module/length HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(site.send(site.request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void aModulesRefusalIsAProblemWithTheWayToItsPlace() {
        var answer = site.send(site.request("/module/wrong"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("This is wrong.", "\"pointer\":\"#/a/b\"", "\"code\":\"BAD_USER_INPUT\"");
    }

    @Test
    void whoIsTooFastIsToldWhenToComeBack() {
        var answer = site.send(site.request("/module/busy"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aModulesDefectIsAnIdAndNothingElse() {
        var answer = site.send(site.request("/module/broken"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the log has it as").doesNotContain("secret");
    }

    @Test
    void aPageOfAListedOriginMayAskAndNoOther() {
        var listed = preflight("https://shop.example");
        var other = preflight("https://evil.example");

        assertThat(listed.statusCode()).isEqualTo(204);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("X-API-Key");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void whatBrowsersAndCurlSendInAQueryIsRead() throws IOException {
        for (var value : new String[] {"2026-11-26T20:00:00Z", "https://a/b?c", "[]", "{}|^`\\\"<>"}) {
            var answer = site.raw("GET /module/query?a=" + value + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(answer).as(value).startsWith("HTTP/1.1 200").contains(value);
        }
    }

    @Test
    void aQueryThatWouldBeReadAsSomethingElseIsRefusedWithThePlace() throws IOException {
        for (var value : new String[] {"%", "%1", "%zz", "\t", "\u0001", "\u007f", "ü"}) {
            var answer = site.raw("GET /module/query?a=b" + value + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(answer).as(value).startsWith("HTTP/1.1 400").contains("at its character 4");
        }
    }

    @Test
    void aPageOfAListedOriginMayReadRefusalsToo() {
        var answer = site.send(site.request("/module/wrong"), "Origin", "https://shop.example");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private java.net.http.HttpResponse<String> preflight(String origin) {
        return site.send(
                site.request("/graphql").method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()),
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST");
    }
}
