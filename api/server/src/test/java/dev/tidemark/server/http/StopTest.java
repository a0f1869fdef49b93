package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.webserver.http.HttpService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sites stop within their grace of ten seconds; without a reason to wait they do so much earlier. */
@Timeout(60)
final class StopTest {

    private static final Duration WITHOUT_WAITING = Duration.ofSeconds(5);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final HttpService slow = rules -> rules.get("/", (request, response) -> {
        arrived.countDown();
        mayAnswer.await();
        response.send("done");
    });
    private final SmallSite site = new SmallSite(Map.of("/slow", slow));

    @Test
    void anIdleConnectionHoldsUpNoStop() throws IOException {
        // the silent one first: once the other is answered, the server has taken both
        try (var silent = connection();
                var connection = connection()) {
            get(connection, "/health/live");
            assertThat(status(connection)).isEqualTo("HTTP/1.1 200 OK");

            var begun = System.nanoTime();
            site.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(WITHOUT_WAITING);
            assertThat(silent.getInputStream().read()).isNegative();
        }
    }

    /** Of such a request the server watches whether its client is there, by reading ahead. */
    @Test
    void aConnectionThatIsIdleAfterALongRequestHoldsUpNoStop() throws IOException {
        try (var connection = connection()) {
            post(connection, "{ \"query\": \"{ pondered }\" }");
            assertThat(status(connection)).isEqualTo("HTTP/1.1 200 OK");

            var begun = System.nanoTime();
            site.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(WITHOUT_WAITING);
        }
    }

    @Test
    void whatRunsIsAnsweredAndItsConnectionClosed() throws Exception {
        try (var connection = connection()) {
            get(connection, "/slow");
            arrived.await();

            var stop = CompletableFuture.runAsync(site::close);
            await().atMost(Duration.ofMinutes(1)).until(() -> !isListening());
            var begun = System.nanoTime();
            mayAnswer.countDown();

            assertThat(status(connection)).isEqualTo("HTTP/1.1 200 OK");
            stop.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(WITHOUT_WAITING);
        }
    }

    private boolean isListening() throws IOException {
        try (var connection = connection()) {
            return connection.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private Socket connection() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), site.port());
    }

    private static void get(Socket connection, String path) throws IOException {
        connection
                .getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void post(Socket connection, String query) throws IOException {
        connection.getOutputStream().write("""
                POST /graphql HTTP/1.1\r
                Host: x\r
                X-API-Key: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(SmallSite.KEY, query.length(), query)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String status(Socket connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
    }
}
