package dev.tidemark.server.http;

import dev.tidemark.core.schema.Presence;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

    /** Before that, a request is not worth a watch. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private final DataReader connection;
    private @Nullable CompletableFuture<byte[]> ahead;

    ClientConnection(DataReader connection) {
        this.connection = connection;
    }

    /** The next bytes, once there are some. */
    byte[] next() {
        var reading = takeAhead();
        if (reading == null) {
            return read();
        }
        try {
            return reading.get();
        } catch (ExecutionException e) {
            // nothing came as long as the connection may be silent, most of which was the request's time
            return read();
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
            if (ended.await(SHORT.toMillis(), TimeUnit.MILLISECONDS) || !beginAhead(reading, ended)) {
                return;
            }
            reading.complete(readPatiently(ended));
        } catch (InterruptedException | ServerConnectionException | InsufficientDataAvailableException e) {
            if (ended.getCount() > 0) {
                whenGone.run();
            }
            reading.completeExceptionally(e);
        }
    }

    /** Silence is all that is expected of a client that waits. */
    private byte[] readPatiently(CountDownLatch ended) {
        while (true) {
            try {
                return read();
            } catch (ServerConnectionException e) {
                if (!isSilence(e) || ended.getCount() == 0) {
                    throw e;
                }
            }
        }
    }

    private static boolean isSilence(ServerConnectionException e) {
        return e.getCause() instanceof UncheckedIOException io && io.getCause() instanceof SocketTimeoutException;
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
        connection.ensureAvailable();
        return connection.readBytes(connection.available());
    }
}
