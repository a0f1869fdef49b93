package dev.tidemark.server.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestsTest {

    @Test
    void aProxyThatTakesNoFileAsLargeIsToldFromTheServer() throws IOException {
        var ofProxy = Requests.refusal(413, "<html>Request Entity Too Large</html>".getBytes(UTF_8), "demo");
        var ofServer = Requests.refusal(
                413, "{\"detail\":\"A row is too large.\",\"code\":\"PAYLOAD_TOO_LARGE\"}".getBytes(UTF_8), "demo");

        assertThat(ofProxy.sentence()).contains("client_max_body_size");
        assertThat(ofServer.sentence()).isEqualTo("A row is too large.");
    }
}
