package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LingeringTest {

    private static final int LARGE = 8 << 20;

    @AutoClose
    private final SmallSite site = new SmallSite(Map.of(), "https://shop.example");

    @Test
    void whoSendsMuchAndEndsTheConnectionIsToldWhyItIsRefused() throws IOException {
        try (var socket = connected()) {
            send(socket, "POST /nowhere HTTP/1.1", "Connection: close", LARGE, LARGE);

            assertThat(answer(socket)).startsWith("HTTP/1.1 404").contains("NOT_FOUND");
        }
    }

    @Test
    void whoSendsMoreThanIsTakenIsToldSo() throws IOException {
        try (var socket = connected()) {
            send(
                    socket,
                    "POST /graphql HTTP/1.1",
                    "Content-Type: application/json\r\nX-API-Key: " + SmallSite.KEY,
                    LARGE,
                    LARGE);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("PAYLOAD_TOO_LARGE");
        }
    }

    @Test
    void whoSendsForEverIsCutOff() throws IOException {
        try (var socket = connected()) {
            assertThatThrownBy(() ->
                            send(socket, "POST /nowhere HTTP/1.1", "Connection: close", Integer.MAX_VALUE, 512 << 20))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoAsksBeforeItSendsIsAnsweredAtOnce() throws IOException {
        try (var socket = connected()) {
            send(socket, "POST /nowhere HTTP/1.1", "Connection: close\r\nExpect: 100-continue", LARGE, 0);

            assertThat(answer(socket)).startsWith("HTTP/1.1 404").doesNotContain("100 Continue");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, LARGE})
    void whoLeavesAmidTheBodyIsNoFaultOfOurs(int length) throws IOException {
        try (var socket = connected()) {
            send(
                    socket,
                    "POST /graphql HTTP/1.1",
                    "Content-Type: application/json\r\nX-API-Key: " + SmallSite.KEY,
                    length,
                    0);
            socket.getOutputStream().write("{ \"query\"".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(answer(socket)).isEmpty();
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String line, String header, int length, int sent) throws IOException {
        var output = socket.getOutputStream();
        output.write("%s\r\nHost: x\r\n%s\r\nContent-Length: %d\r\n\r\n"
                .formatted(line, header, length)
                .getBytes(StandardCharsets.US_ASCII));
        // the beginning of a JSON text, so that it is read on
        var part = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (int rest = sent; rest > 0; rest -= part.length) {
            output.write(part);
        }
    }

    /** Until the server closes the connection. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
