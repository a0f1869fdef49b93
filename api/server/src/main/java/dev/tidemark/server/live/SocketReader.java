package dev.tidemark.server.live;

import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads messages, and what RFC 6455 has between and within them. */
final class SocketReader {

    private static final int LARGEST_MESSAGE = 1 << 16;
    private static final int LARGEST_CONTROL = 125;
    private static final int MOST_FRAGMENTS = 256;

    private final ConnectionContext connection;
    private final Pace pace;
    private final Consumer<byte[]> pong;
    private volatile long heardAt = System.nanoTime();

    /** @param pong answers a ping */
    SocketReader(ConnectionContext connection, Pace pace, Consumer<byte[]> pong) {
        this.connection = connection;
        this.pace = pace;
        this.pong = pong;
    }

    /** When the client last gave a sign of life, by {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    /**
     * The next message.
     *
     * @throws SocketClosed when the client breaks the protocol, or closes the socket
     */
    String message() {
        @Nullable ByteArrayOutputStream message = null;
        for (int fragments = 0; ; ) {
            var frame = frame();
            var payload = frame.payloadData().readBytes();
            switch (frame.opCode()) {
                case PING -> pong.accept(payload);
                case PONG -> {}
                case CLOSE -> throw new SocketClosed(closing(payload), "");
                case BINARY -> throw new SocketClosed(CloseCode.NO_TEXT, "Messages are text.");
                case TEXT, CONTINUATION -> {
                    message = begun(frame, message);
                    message.writeBytes(payload);
                    if (message.size() > LARGEST_MESSAGE) {
                        throw tooLarge();
                    }
                    if (frame.fin()) {
                        return text(message.toByteArray());
                    }
                    if (++fragments > MOST_FRAGMENTS) {
                        throw new SocketClosed(
                                CloseCode.TOO_MUCH, "A message has at most " + MOST_FRAGMENTS + " fragments.");
                    }
                }
            }
        }
    }

    /** Throws away whatever comes, until nothing does. */
    void drain() {
        var reader = connection.dataReader();
        while (true) {
            reader.ensureAvailable();
            reader.skip(reader.available());
        }
    }

    private ClientWsFrame frame() {
        var frame = read();
        heardAt = System.nanoTime();
        pace.step();
        var isControl =
                frame.opCode() == WsOpCode.CLOSE || frame.opCode() == WsOpCode.PING || frame.opCode() == WsOpCode.PONG;
        if (isControl && (!frame.fin() || frame.payloadLength() > LARGEST_CONTROL)) {
            throw new SocketClosed(CloseCode.PROTOCOL_ERROR, "A control frame is one, of at most 125 bytes.");
        }
        return frame;
    }

    private ClientWsFrame read() {
        try {
            return ClientWsFrame.read(connection, connection.dataReader(), LARGEST_MESSAGE);
        } catch (WsCloseException e) {
            throw e.closeCode() == CloseCode.TOO_LARGE.number()
                    ? tooLarge()
                    : new SocketClosed(CloseCode.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new SocketClosed(CloseCode.PROTOCOL_ERROR, "There is no such kind of frame.");
        }
    }

    private static ByteArrayOutputStream begun(ClientWsFrame frame, @Nullable ByteArrayOutputStream message) {
        var isContinued = frame.opCode() == WsOpCode.CONTINUATION;
        if (message == null ? isContinued : !isContinued) {
            throw new SocketClosed(CloseCode.PROTOCOL_ERROR, "A message begins once, and then continues.");
        }
        return message == null ? new ByteArrayOutputStream() : message;
    }

    private static SocketClosed tooLarge() {
        return new SocketClosed(CloseCode.TOO_LARGE, "A message has at most " + LARGEST_MESSAGE + " bytes.");
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SocketClosed(CloseCode.NO_UTF8, "Text is UTF-8.");
        }
    }

    /** The code that answers the client's last word. */
    private static CloseCode closing(byte[] payload) {
        if (payload.length == 0) {
            return CloseCode.NORMAL;
        }
        if (payload.length < Short.BYTES) {
            return CloseCode.PROTOCOL_ERROR;
        }
        var code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        text(Arrays.copyOfRange(payload, Short.BYTES, payload.length));
        var isRegistered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
        return isRegistered || (code >= 3000 && code < 5000) ? CloseCode.NORMAL : CloseCode.PROTOCOL_ERROR;
    }
}
