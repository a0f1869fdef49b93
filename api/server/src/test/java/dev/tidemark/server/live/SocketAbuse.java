package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.http.SmallSite;
import dev.tidemark.server.live.AbuseTest.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients do to sockets, whoever they are. */
final class SocketAbuse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HURRY = Duration.ofMillis(400);
    private static final int FIN = 0x80;
    private static final int SILENT = 200;
    private static final int MANY = 100_000;

    private final SmallSite patient = new SmallSite(new LiveSettings(1_000, 100, PATIENCE, PATIENCE));
    private final SmallSite hasty = new SmallSite(new LiveSettings(1_000, 100, HURRY, HURRY));

    Map<String, Case> cases() {
        return Map.ofEntries(
                Map.entry("w01", this::silence),
                Map.entry("w02", this::subscribeBeforeInit),
                Map.entry("w08", this::foreignOrigin),
                Map.entry("w10", this::sameIdTwice),
                Map.entry("w11", this::longId),
                Map.entry("w13", this::garbage),
                Map.entry("w15", () -> closes(1007, RawSocket.masked(FIN | RawSocket.TEXT, bytes(0xFF, 0xFE)))),
                Map.entry("w16", () -> closes(1002, bytes(FIN | RawSocket.TEXT, 1, 'a'))),
                Map.entry("w17", this::reservedBits),
                Map.entry("w20", this::emptyContinuations),
                Map.entry("w22", this::pings),
                Map.entry("w24", this::badClose),
                Map.entry("w25", this::resetWithinAFrame),
                Map.entry("w32", this::churn),
                Map.entry("w37", this::compression));
    }

    /** Those that are silent later are cut off too, and so is who does not read. */
    private void silence() throws IOException {
        List<RawSocket> silent = new ArrayList<>();
        for (int i = 0; i < SILENT; i++) {
            silent.add(RawSocket.open(hasty.uri()));
        }
        for (var socket : silent) {
            assertThat(socket.closed()).isEqualTo(4408);
            assertThat(socket.rest()).isEmpty();
            socket.close();
        }
        goneWithoutAWord(socket -> socket.subscribe("1", "subscription { silence { number } }"));
        goneWithoutAWord(socket -> socket.subscribe("1", "subscription { numbers(count: 1000000) { text } }"));
    }

    private void goneWithoutAWord(Saying saying) throws IOException {
        try (var socket = RawSocket.initialised(hasty.uri(), SmallSite.KEY)) {
            saying.say(socket);
            await().until(() -> hasty.feeds() == 1);

            await().atMost(PATIENCE).until(() -> hasty.feeds() == 0);
        }
    }

    private interface Saying {
        void say(RawSocket socket) throws IOException;
    }

    private void subscribeBeforeInit() throws IOException {
        try (var socket = RawSocket.open(patient.uri())) {
            socket.subscribe("1", "subscription { silence { number } }");

            assertThat(socket.closed()).isEqualTo(4401);
        }
        assertThat(patient.feeds()).isZero();
    }

    private void foreignOrigin() throws IOException {
        var protocol = "Sec-WebSocket-Protocol: graphql-transport-ws";
        try (var socket = RawSocket.asking(patient.uri(), protocol, "Origin: https://evil.example")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 403 ");
        }
        try (var socket = RawSocket.asking(patient.uri(), protocol, "Origin: " + patient.url())) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101 ");
        }
    }

    private void sameIdTwice() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "subscription { silence { number } }");
            socket.subscribe("1", "subscription { silence { number } }");

            assertThat(socket.closed()).isEqualTo(4409);
        }
        await().until(() -> patient.feeds() == 0);
    }

    private void longId() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("x".repeat(1_000), "{ echo(text: 1) }");
            assertThat(socket.closed()).isEqualTo(4400);
        }
        try (var socket = initialised()) {
            // the server does not wait for the end of it
            socket.raw(ByteBuffer.allocate(14)
                    .put((byte) (FIN | RawSocket.TEXT))
                    .put((byte) (FIN | 127))
                    .putLong(1 << 20)
                    .putInt(0)
                    .array());
            assertThat(socket.closed()).isEqualTo(1009);
        }
    }

    private void garbage() throws IOException {
        for (var text : List.of("{\"type\":\"?\"}", "{\"a\":1}", "never", "[1]", "")) {
            closes(4400, RawSocket.masked(FIN | RawSocket.TEXT, text.getBytes(StandardCharsets.UTF_8)));
        }
        closes(1003, RawSocket.masked(FIN | RawSocket.BINARY, bytes(1, 2)));
    }

    private void reservedBits() throws IOException {
        for (int flag : List.of(0x40, 0x20, 0x10)) {
            closes(1002, RawSocket.masked(FIN | flag | RawSocket.TEXT, bytes('{', '}')));
        }
        closes(1002, RawSocket.masked(FIN | 3, bytes('a')));
        closes(1002, RawSocket.masked(FIN | RawSocket.CONTINUATION, bytes('a')));
        closes(1002, RawSocket.masked(RawSocket.PING, bytes('a')));
        closes(1002, RawSocket.masked(FIN | RawSocket.PING, new byte[126]));
    }

    private void emptyContinuations() throws IOException {
        try (var socket = initialised()) {
            var sending = Thread.startVirtualThread(() -> sendAll(
                    socket,
                    RawSocket.masked(RawSocket.TEXT, bytes('{')),
                    RawSocket.masked(RawSocket.CONTINUATION, new byte[0])));

            assertThat(socket.closed()).isEqualTo(1008);
            socket.rest();
            await().atMost(PATIENCE).until(() -> !sending.isAlive());
        }
    }

    private void pings() throws IOException {
        try (var socket = initialised();
                var other = initialised()) {
            var ping = RawSocket.masked(FIN | RawSocket.PING, bytes('a'));
            var sending = Thread.startVirtualThread(() -> sendAll(socket, ping, ping));

            assertThat(socket.closed()).isEqualTo(1008);
            other.subscribe("1", "{ echo(text: 1) }");
            assertThat(other.message().path("type").asText()).isEqualTo("next");
            socket.rest();
            await().atMost(PATIENCE).until(() -> !sending.isAlive());
        }
    }

    private void badClose() throws IOException {
        for (int code : List.of(999, 1005, 1006, 5_000)) {
            closes(1002, RawSocket.masked(FIN | RawSocket.CLOSE, bytes(code >> 8, code & 0xFF)));
        }
        closes(1002, RawSocket.masked(FIN | RawSocket.CLOSE, bytes(3)));
        closes(1002, RawSocket.masked(FIN | RawSocket.CLOSE, new byte[202]));
        closes(1007, RawSocket.masked(FIN | RawSocket.CLOSE, bytes(3, 232, 0xFF)));
        closes(1000, RawSocket.masked(FIN | RawSocket.CLOSE, bytes(3, 232)));
    }

    private void resetWithinAFrame() throws IOException {
        try (var socket = initialised()) {
            socket.subscribe("1", "subscription { silence { number } }");
            await().until(() -> patient.feeds() == 1);
            socket.raw(bytes(FIN | RawSocket.TEXT, FIN | 100, 0, 0));
            socket.socket().setSoLinger(true, 0);
        }
        await().until(() -> patient.feeds() == 0);
    }

    /** As often as may be, and then once too often. */
    private void churn() throws IOException {
        try (var socket = initialised()) {
            for (int i = 0; i < 450; i++) {
                socket.subscribe(String.valueOf(i), "subscription { silence { number } }");
                socket.send("{\"id\":\"" + i + "\",\"type\":\"complete\"}");
            }
            await().atMost(PATIENCE).until(() -> patient.feeds() == 0);
            socket.subscribe("last", "{ echo(text: 1) }");
            assertThat(socket.message().path("id").asText()).isEqualTo("last");
            for (int i = 0; i < 200; i++) {
                socket.send("{\"type\":\"pong\"}");
            }

            assertThat(socket.closed()).isEqualTo(1008);
        }
    }

    private void compression() throws IOException {
        try (var socket = RawSocket.asking(
                patient.uri(),
                "Sec-WebSocket-Protocol: graphql-transport-ws",
                "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101 ").doesNotContain("Extensions");
        }
    }

    private void closes(int code, byte[] frame) throws IOException {
        try (var socket = initialised()) {
            socket.raw(frame);

            assertThat(socket.closed()).isEqualTo(code);
        }
    }

    /** As much as the server takes before it closes the connection. */
    private static void sendAll(RawSocket socket, byte[] first, byte[] each) {
        var thousand = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            thousand.writeBytes(each);
        }
        try {
            socket.raw(first);
            for (int i = 0; i < MANY; i += 1_000) {
                socket.raw(thousand.toByteArray());
            }
        } catch (IOException e) {
            return; // closed, as it should be
        }
    }

    private RawSocket initialised() throws IOException {
        return RawSocket.initialised(patient.uri(), SmallSite.KEY);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Override
    public void close() {
        patient.close();
        hasty.close();
    }
}
