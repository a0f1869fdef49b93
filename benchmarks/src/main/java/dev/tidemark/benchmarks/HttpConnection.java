package dev.tidemark.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that stays open. It writes bytes that are ready, and reads no more of an answer than where it ends. */
final class HttpConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream input;

    HttpConnection(Site site) throws IOException {
        this.socket = new Socket(site.address(), site.port());
        this.socket.setTcpNoDelay(true);
        this.input = new BufferedInputStream(socket.getInputStream(), 4096);
    }

    /** How long it takes until the answer is there. */
    Figure seconds(byte[] request) throws IOException {
        var start = System.nanoTime();
        exchange(request);
        return Figure.of((System.nanoTime() - start) / 1e9);
    }

    void exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var status = line();
        var length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        var body = input.readNBytes(length);
        if (!status.contains(" 200")) {
            throw new IOException(status + ": " + new String(body, StandardCharsets.UTF_8));
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
