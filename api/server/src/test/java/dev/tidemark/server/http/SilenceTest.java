package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections on which nothing comes are closed; a client that waits for its answer is silent rightly. */
@Timeout(60)
final class SilenceTest {

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
