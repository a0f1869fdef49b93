package dev.tidemark.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket client that can do what a client must not. */
public final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int PATIENCE = 30_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final DataInputStream input;
    private final String answer;

    private RawSocket(Socket socket, DataInputStream input, String answer) {
        this.socket = socket;
        this.input = input;
        this.answer = answer;
    }

    /** One that was accepted. */
    static RawSocket open(URI server) throws IOException {
        var socket = asking(server, "Sec-WebSocket-Protocol: graphql-transport-ws");
        if (!socket.answer().startsWith("HTTP/1.1 101 ")) {
            throw new IOException(socket.answer());
        }
        return socket;
    }

    /** One that was accepted, and said who it is. */
    public static RawSocket initialised(URI server, String key) throws IOException {
        var socket = open(server);
        socket.send("{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer " + key + "\"}}");
        socket.message();
        return socket;
    }

    /** One that asks with these headers as well, whatever is answered. */
    static RawSocket asking(URI server, String... headers) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE);
        var request = "GET /graphql HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n\r\n" : "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var input = new DataInputStream(socket.getInputStream());
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) input.readUnsignedByte());
        }
        return new RawSocket(socket, input, answer.toString());
    }

    /** The head of the answer to the request for it. */
    String answer() {
        return answer;
    }

    public Socket socket() {
        return socket;
    }

    void send(String text) throws IOException {
        frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void subscribe(String id, String query) throws IOException {
        send("{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\"}}");
    }

    /** @param first the first byte of the frame, flags and all */
    void frame(int first, byte[] payload) throws IOException {
        raw(masked(first, payload));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    static byte[] masked(int first, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (FIN | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (FIN | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (FIN | 127)).putLong(payload.length);
        }
        // a mask of zeros changes nothing
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The next message; what the server asks between is answered. Fails as a connection does when it is closed. */
    public JsonNode message() throws IOException {
        var frame = next();
        if (frame.code() != TEXT) {
            throw new IOException(frame.toString());
        }
        return JSON.readTree(frame.bytes());
    }

    /** The code with which the server closes the socket, whatever it says before. */
    int closed() throws IOException {
        while (true) {
            var frame = next();
            if (frame.code() == CLOSE) {
                return ByteBuffer.wrap(frame.bytes()).getShort() & 0xFFFF;
            }
        }
    }

    Frame next() throws IOException {
        while (true) {
            var frame = read();
            if (frame.code() != PING) {
                return frame;
            }
            frame(FIN | PONG, frame.bytes());
        }
    }

    private Frame read() throws IOException {
        var first = input.readUnsignedByte();
        var length = (long) input.readUnsignedByte();
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = input.readLong();
        }
        var payload = new byte[(int) length];
        input.readFully(payload);
        return new Frame(first & 0x0F, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** Everything until the server closes the connection. */
    byte[] rest() throws IOException {
        var rest = new ByteArrayOutputStream();
        input.transferTo(rest);
        return rest.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * @param code the kind
     * @param payload as ISO 8859-1 reads its bytes
     */
    record Frame(int code, String payload) {

        byte[] bytes() {
            return payload.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
