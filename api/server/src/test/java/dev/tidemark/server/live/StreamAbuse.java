package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.http.SmallSite;
import dev.tidemark.server.live.AbuseTest.Case;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients do to event streams, whoever they are. */
final class StreamAbuse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HURRY = Duration.ofMillis(400);
    private static final int MOST = 20;
    private static final String SILENCE = "{\"query\":\"subscription { silence { number } }\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final SmallSite hasty = new SmallSite(new LiveSettings(MOST, 100, HURRY, HURRY));

    Map<String, Case> cases() {
        return Map.of(
                "w40", this::anotherMediaType,
                "w41", this::noReading,
                "w46", this::moreThanMayBe,
                "w47", this::theServerStops);
    }

    private void anotherMediaType() {
        var answer = hasty.ask(SILENCE, "Accept", "application/json");

        assertThat(answer.body()).contains("\"errors\"").contains("by WebSocket or SSE");
        assertThat(hasty.feeds()).isZero();
    }

    private void noReading() throws IOException {
        var uri = hasty.uri();
        var body = "{\"query\":\"subscription { numbers(count: 1000000) { text } }\"}";
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-API-Key: "
                                    + SmallSite.KEY + "\r\nAccept: text/event-stream\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> hasty.feeds() == 1);

            await().atMost(PATIENCE).until(() -> hasty.feeds() == 0);
        }
    }

    private void moreThanMayBe() throws IOException, InterruptedException {
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            open.add(subscribe(hasty).body());
        }
        await().until(() -> hasty.feeds() == MOST);

        var refused = subscribe(hasty);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        refused.body().close();
        for (var stream : open) {
            stream.close();
        }
        // those that have gone are noticed without a word of theirs
        await().atMost(PATIENCE).until(() -> hasty.feeds() == 0);
        try (var again = subscribe(hasty).body()) {
            assertThat(again).isNotNull();
        }
    }

    private void theServerStops() throws IOException, InterruptedException {
        var stopping = new SmallSite(new LiveSettings(1_000, 100, PATIENCE, PATIENCE));
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.add(subscribe(stopping).body());
        }
        await().until(() -> stopping.feeds() == 100);

        var stop = Thread.startVirtualThread(stopping::close);

        for (var stream : open) {
            assertThat(textOf(stream)).contains("The server stops").doesNotContain("event: complete");
        }
        await().atMost(PATIENCE).until(() -> !stop.isAlive());
    }

    /** A stream that breaks off is an error to a careful client. */
    private static String textOf(InputStream stream) {
        var text = new StringBuilder();
        try (stream) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                text.append((char) next);
            }
        } catch (IOException e) {
            return text.toString();
        }
        return text.toString();
    }

    private HttpResponse<InputStream> subscribe(SmallSite site) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(site.uri().resolve("/graphql"))
                        .headers(
                                "X-API-Key", SmallSite.KEY,
                                "Content-Type", "application/json",
                                "Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString(SILENCE))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        client.shutdownNow();
        hasty.close();
    }
}
