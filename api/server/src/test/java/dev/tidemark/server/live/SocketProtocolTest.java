package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.http.SmallSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** graphql-transport-ws, to the letter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketProtocolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LARGE = """
            {"id":"%s","type":"subscribe","payload":{
                "query":"subscription { silence { number } }",
                "variables":{"much":"%s"}
            }}""";

    private SmallSite site;

    @BeforeAll
    void start() {
        site = new SmallSite(new LiveSettings(50, 3, PATIENCE, PATIENCE));
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void aSubscriptionTellsItsResultsAndItsEnd() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "subscription { numbers(count: 2) { number } }");

            assertThat(socket.message().toString())
                    .isEqualTo("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"numbers\":{\"number\":1}}}}");
            assertThat(socket.message().at("/payload/data/numbers/number").asInt())
                    .isEqualTo(2);
            assertThat(socket.message().toString()).isEqualTo("{\"id\":\"1\",\"type\":\"complete\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example, shop.example, 101",
        "https://shop.example:8443, shop.example:8443, 101",
        "https://shop.example:8443, shop.example, 101",
        "https://shop.example.evil.example, shop.example, 403",
        "https://evil.example, shop.example, 403"
    })
    void aPageBehindAProxyIsOneOfOursByTheAddressThatItHasThere(String origin, String forwarded, int status)
            throws IOException {
        try (var socket = RawSocket.asking(site.uri(), "Origin: " + origin, "X-Forwarded-Host: " + forwarded)) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void queriesAndMutationsAreAnsweredToo() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("q", "{ echo(text: 5) }");
            assertThat(socket.message().at("/payload/data/echo").asInt()).isEqualTo(5);
            assertThat(socket.message().path("type").asText()).isEqualTo("complete");

            socket.subscribe("m", "mutation { touch { times } }");
            assertThat(socket.message().at("/payload/data/touch/times").asInt()).isPositive();
            assertThat(socket.message().path("type").asText()).isEqualTo("complete");
        }
    }

    @Test
    void whatIsRefusedIsAnErrorThatNothingFollowsAndTheIdIsFree() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "{ nonsense }");

            var error = socket.message();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.at("/payload/0/extensions/code").asText()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
            socket.subscribe("1", "{ echo(text: 1) }");
            assertThat(socket.message().path("type").asText()).isEqualTo("next");
        }
    }

    @Test
    void aSubscriptionThatIsCompletedEndsAndItsIdIsFree() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "subscription { silence { number } }");
            await().until(() -> site.feeds() == 1);

            socket.send("{\"id\":\"1\",\"type\":\"complete\"}");

            await().until(() -> site.feeds() == 0);
            socket.subscribe("1", "{ echo(text: 1) }");
            assertThat(socket.message().path("type").asText()).isEqualTo("next");
        }
    }

    @Test
    void subscriptionsEndWithTheConnection() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "subscription { silence { number } }");
            socket.subscribe("2", "subscription { silence { number } }");
            await().until(() -> site.feeds() == 2);

            socket.socket().setSoLinger(true, 0); // a reset instead of a farewell
        }

        await().until(() -> site.feeds() == 0);
    }

    @Test
    void pingsAreAnsweredAndPongsAreWelcome() throws IOException {
        try (var socket = RawSocket.open(site.uri())) {
            socket.send("{\"type\":\"pong\"}");
            socket.send("{\"type\":\"ping\",\"payload\":{\"a\":1}}");

            assertThat(socket.message().path("type").asText()).isEqualTo("pong");
            socket.frame(0x80 | RawSocket.PING, "abc".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.next()).isEqualTo(new RawSocket.Frame(RawSocket.PONG, "abc"));
        }
    }

    @Test
    void aMessageMayComeInFragmentsWithinLetters() throws IOException {
        var text = "{\"id\":\"ü\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ echo(text: \\\"é\\\") }\"}}"
                .getBytes(StandardCharsets.UTF_8);
        try (var socket = initialised()) {
            for (int i = 0; i < text.length; i++) {
                var isLast = i == text.length - 1;
                socket.frame(
                        (isLast ? 0x80 : 0) | (i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION), new byte[] {text[i]});
            }

            var next = socket.message();
            assertThat(next.path("id").asText()).isEqualTo("ü");
            assertThat(next.at("/payload/data/echo").asText()).isEqualTo("é");
        }
    }

    @Test
    void moreOperationsThanMayBeAreRefusedOneByOne() throws IOException {
        try (var socket = initialised()) {
            for (var id : new String[] {"1", "2", "3", "4"}) {
                socket.subscribe(id, "subscription { silence { number } }");
            }

            var refused = socket.message();
            assertThat(refused.path("id").asText()).isEqualTo("4");
            assertThat(refused.at("/payload/0/extensions/code").asText()).isEqualTo("RATE_LIMITED");
        }
    }

    @Test
    void whoDoesNotSayWhoItIsIsClosedWith4408() throws IOException {
        try (var strict = new SmallSite(new LiveSettings(50, 3, Duration.ofMillis(300), PATIENCE));
                var socket = RawSocket.open(strict.uri())) {
            assertThat(socket.closed()).isEqualTo(4408);
            assertThat(socket.rest()).isEmpty();
        }
    }

    @Test
    void aWrongKeyIsClosedWith4403() throws IOException {
        try (var socket = RawSocket.open(site.uri())) {
            socket.send("{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer wrong\"}}");

            assertThat(socket.closed()).isEqualTo(4403);
        }
    }

    @Test
    void theKeyMayStandInAHeaderOfTheRequestForTheSocket() throws IOException {
        try (var socket = RawSocket.asking(
                site.uri(), "Sec-WebSocket-Protocol: soap, graphql-transport-ws", "X-API-Key: " + SmallSite.KEY)) {
            assertThat(socket.answer()).contains("Sec-WebSocket-Protocol: graphql-transport-ws");

            socket.send("{\"type\":\"connection_init\"}");

            assertThat(socket.message().toString()).isEqualTo("{\"type\":\"connection_ack\"}");
        }
    }

    @Test
    void aSecondInitIsClosedWith4429() throws IOException {
        try (var socket = initialised()) {
            socket.send("{\"type\":\"connection_init\"}");

            assertThat(socket.closed()).isEqualTo(4429);
        }
    }

    @Test
    void anotherSubprotocolIsClosedWith4406() throws IOException {
        try (var socket = RawSocket.asking(site.uri(), "Sec-WebSocket-Protocol: graphql-ws")) {
            assertThat(socket.closed()).isEqualTo(4406);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"type\":\"start\"}",
                "{\"type\":5}",
                "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ a }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ a }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"1\"}",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":5}}",
                "{\"type\":\"complete\"}",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}"
            })
    void whatIsNoMessageIsClosedWith4400(String text) throws IOException {
        try (var socket = initialised()) {
            socket.send(text);

            assertThat(socket.closed()).isEqualTo(4400);
        }
    }

    @Test
    void whenTheServerStopsItSays1001() throws IOException {
        var stopping = new SmallSite(new LiveSettings(5, 5, PATIENCE, PATIENCE));
        try (var socket = RawSocket.initialised(stopping.uri(), SmallSite.KEY)) {
            socket.subscribe("1", "subscription { silence { number } }");
            await().until(() -> stopping.feeds() == 1);

            var stop = Thread.startVirtualThread(stopping::close);

            assertThat(socket.closed()).isEqualTo(1001);
            await().atMost(Duration.ofSeconds(5)).until(() -> !stop.isAlive());
        }
    }

    @Test
    @Timeout(30)
    void subscriptionsOfWhichMoreIsKeptThanCanBeAreRefusedUntilOthersEnd() throws IOException {
        var small = new SmallSite(new LiveSettings(5, 100, PATIENCE, PATIENCE, 1 << 20));
        try (var socket = RawSocket.initialised(small.uri(), SmallSite.KEY)) {
            for (int i = 0; i < 8; i++) {
                socket.send(LARGE.formatted(i, "x".repeat(60_000)));
            }
            socket.send(LARGE.formatted("one more", "x".repeat(60_000)));

            var error = socket.message();
            assertThat(error.path("id").asText()).isEqualTo("one more");
            assertThat(error.at("/payload/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
            socket.send("{\"id\":\"0\",\"type\":\"complete\"}");
            await().until(() -> small.feeds() == 7);
            socket.subscribe("q", "{ echo(text: 5) }");
            assertThat(socket.message().path("type").asText()).isEqualTo("next");
        } finally {
            small.close();
        }
    }

    private RawSocket initialised() throws IOException {
        return RawSocket.initialised(site.uri(), SmallSite.KEY);
    }
}
