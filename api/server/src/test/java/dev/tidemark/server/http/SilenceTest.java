package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections on which nothing comes are closed; a client that waits for its answer is silent rightly. */
@Timeout(60)
final class SilenceTest {

    private static final int CLIENTS = 200;
    private static final String QUESTION = "{ \"query\": \"{ pondered }\" }";

    @AutoClose
    private final SmallSite site = new SmallSite(Duration.ofMillis(100));

    @Test
    void aConnectionWithoutARequestIsClosed() throws IOException {
        assertThat(answerTo("")).isEmpty();
    }

    @Test
    void aConnectionWhoseRequestEndsAmidItsHeadIsClosed() throws IOException {
        assertThat(answerTo("POST /graphql HTTP/1.1\r\nHost: ")).isEmpty();
    }

    @Test
    void aConnectionWhoseRequestEndsAmidItsBodyIsClosed() throws IOException {
        assertThat(answerTo(head(QUESTION.length()) + QUESTION.substring(0, 10)))
                .doesNotContain("200 OK");
    }

    @Test
    void aRequestThatTakesLongerIsAnsweredAndItsConnectionClosedWhenNoOtherCame() throws IOException {
        assertThat(answerTo(head(QUESTION.length()) + QUESTION)).contains("200 OK", "yes");
    }

    @Test
    void whileConnectionsComeAndGoAllTheTimeTheSilentOnesAreClosed() throws Exception {
        try (var clients =
                Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            Callable<String> silence = () -> answerTo("");
            for (var answer : clients.invokeAll(Collections.nCopies(CLIENTS * 20, silence))) {
                assertThat(answer.get()).isEmpty();
            }
        }
    }

    private static String head(int length) {
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + SmallSite.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** All that comes until the server closes the connection. */
    private String answerTo(String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
