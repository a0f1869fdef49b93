package dev.tidemark.server.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.WsOpCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes frames, one at a time, whoever sends them. A write takes as long as the client takes to read. */
final class SocketWriter {

    private static final int FIN = 0x80;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;
    private static final int LARGEST_REASON = 123;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ConnectionContext connection;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Long writingSince;
    private volatile @Nullable Long closedAt;

    SocketWriter(ConnectionContext connection) {
        this.connection = connection;
    }

    /** Sends a message; nothing once the socket was closed. */
    void send(String message) {
        lock.lock();
        try {
            write(WsOpCode.TEXT, message.getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /** Sends a control frame, unless someone is writing: then the client is busy reading. */
    void control(WsOpCode code, byte[] payload) {
        if (lock.tryLock()) {
            try {
                write(code, payload);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Says the last word. A client that does not read is cut off without it. */
    void close(CloseCode code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        var length = Math.min(text.length, LARGEST_REASON);
        var payload = ByteBuffer.allocate(Short.BYTES + length)
                .putShort((short) code.number())
                .put(text, 0, length)
                .array();
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                cutOff();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cutOff();
            return;
        }
        try {
            write(WsOpCode.CLOSE, payload);
            if (closedAt == null) {
                closedAt = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    void cutOff() {
        connection.serverSocket().close();
    }

    boolean isClosed() {
        return closedAt != null;
    }

    /** Whether the last word was said so long ago. */
    boolean isClosedFor(Duration time) {
        return isPast(closedAt, time);
    }

    /** Whether one write has taken so long. */
    boolean isStalledFor(Duration time) {
        return isPast(writingSince, time);
    }

    private static boolean isPast(@Nullable Long since, Duration time) {
        return since != null && System.nanoTime() - since > time.toNanos();
    }

    private void write(WsOpCode code, byte[] payload) {
        if (isClosed()) {
            return;
        }
        writingSince = System.nanoTime();
        try {
            connection.dataWriter().writeNow(frame(code, payload));
        } catch (CloseConnectionException e) {
            // nobody is there to be told; whoever reads notices it too
            closedAt = System.nanoTime();
        } finally {
            writingSince = null;
        }
    }

    private static BufferData frame(WsOpCode code, byte[] payload) {
        var frame = BufferData.growing(payload.length + 2 + Long.BYTES);
        frame.writeInt8(FIN | code.code());
        if (payload.length < MEDIUM) {
            frame.writeInt8(payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.writeInt8(MEDIUM).writeInt16(payload.length);
        } else {
            frame.writeInt8(LONG).writeInt32(0).writeInt32(payload.length);
        }
        frame.write(payload);
        return frame;
    }
}
