package dev.tidemark.server.http;

import dev.tidemark.core.schema.Presence;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, and whether it is still there.
 *
 * <p>The web server reads only between requests, and nothing else tells of a closed connection. So while a request takes long,
 * its watch reads ahead: the end of the stream means that the client has gone. Whatever else comes is the beginning of the
 * next request, and is kept for whoever reads on.
 */
final class ClientConnection implements Presence {

    /** The connection that this thread serves. */
    static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long GIVEN_UP = Long.MAX_VALUE;

    private final DataReader connection;

    /** Since when the next bytes are waited for, by {@link System#nanoTime}. */
    private final AtomicLong waiting = new AtomicLong(NOT_WAITING);

    private @Nullable CompletableFuture<byte[]> ahead;
    private long left = Long.MAX_VALUE;

    ClientConnection(DataReader connection) {
        this.connection = connection;
    }

    /** Ends the connection after so many bytes more. */
    void readAtMost(long bytes) {
        left = Math.min(left, bytes);
    }

    /** The next bytes, once there are some. */
    byte[] next() {
        if (left <= 0) {
            throw new CloseConnectionException("More comes than is read.");
        }
        waiting.set(System.nanoTime());
        var bytes = awaited();
        if (waiting.getAndSet(NOT_WAITING) == GIVEN_UP) {
            throw new CloseConnectionException("Nothing came for too long.");
        }
        left -= bytes.length;
        return bytes;
    }

    /** Whether nothing has come for longer than that; if so, whatever comes now is no longer read. */
    boolean giveUp(Duration longest) {
        var since = waiting.get();
        return since != NOT_WAITING
                && since != GIVEN_UP
                && System.nanoTime() - since > longest.toNanos()
                && waiting.compareAndSet(since, GIVEN_UP);
    }

    private byte[] awaited() {
        var reading = takeAhead();
        if (reading == null) {
            return read();
        }
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new CloseConnectionException("The connection broke while its request was answered.", e);
        } catch (InterruptedException e) {
            // the one who reads ahead has the socket: to read on would wait for it, and no interrupt ends that
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("Nobody waits for the next request any more.", e);
        }
    }

    @Override
    public Watch watch(Runnable whenGone) {
        var ended = new CountDownLatch(1);
        Thread.ofVirtual().name("watch").start(() -> readAhead(ended, whenGone));
        return ended::countDown;
    }

    private void readAhead(CountDownLatch ended, Runnable whenGone) {
        var reading = new CompletableFuture<byte[]>();
        try {
            if (beginAhead(reading, ended)) {
                reading.complete(read());
            }
        } catch (CloseConnectionException e) {
            if (ended.getCount() > 0) {
                whenGone.run();
            }
            reading.completeExceptionally(e);
        }
    }

    private synchronized boolean beginAhead(CompletableFuture<byte[]> reading, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return false;
        }
        ahead = reading;
        return true;
    }

    private synchronized @Nullable CompletableFuture<byte[]> takeAhead() {
        var reading = ahead;
        ahead = null;
        return reading;
    }

    private byte[] read() {
        try {
            connection.ensureAvailable();
            return connection.readBytes(connection.available());
        } catch (ServerConnectionException | InsufficientDataAvailableException e) {
            // of all that a reader throws only this ends the connection without an answer, wherever it is thrown
            throw new CloseConnectionException("The client has gone.", e);
        }
    }
}
