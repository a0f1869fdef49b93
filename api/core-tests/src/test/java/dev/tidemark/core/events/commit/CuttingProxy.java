package dev.tidemark.core.events.commit;

import dev.tidemark.core.postgres.PostgresAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stands between a node and PostgreSQL, and cuts connections where it hurts. */
final class CuttingProxy implements AutoCloseable {

    enum Cut {
        NOWHERE,
        /** PostgreSQL gets the COMMIT, the node never gets its answer. */
        AFTER_COMMIT,
        /** Some byte on the way to PostgreSQL is the last one. */
        ANYWHERE
    }

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final URI database;
    private final Random random = new Random(5);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Cut cut = Cut.NOWHERE;
    private volatile double probability;
    private volatile int mostMillis;
    private volatile boolean refusing;

    private CuttingProxy(PostgresAddress address) throws IOException {
        this.database = URI.create(address.url().substring("jdbc:".length()));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static CuttingProxy before(PostgresAddress address) {
        try {
            return new CuttingProxy(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PostgresAddress address(PostgresAddress real) {
        var url = real.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + server.getLocalPort() + "/");
        // without named statements the word COMMIT is on the wire each time
        var plain = url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0";
        return new PostgresAddress(plain, real.user(), real.password());
    }

    void cut(Cut where, double chance) {
        probability = chance;
        cut = where;
    }

    /** Each piece takes a time of its own, up to this. */
    void delay(int milliseconds) {
        mostMillis = milliseconds;
    }

    /** As if PostgreSQL were away. */
    void refuse(boolean refuse) {
        refusing = refuse;
        if (refuse) {
            sockets.forEach(CuttingProxy::reset);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(CuttingProxy::reset);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (refusing) {
                    reset(client);
                    continue;
                }
                var backend = new Socket(database.getHost(), database.getPort());
                client.setTcpNoDelay(true);
                backend.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(backend);
                Thread.ofVirtual().start(() -> forward(client, backend, true));
                Thread.ofVirtual().start(() -> forward(backend, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void forward(Socket from, Socket to, boolean toDatabase) {
        var buffer = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                linger();
                var kept = toDatabase ? kept(count) : count;
                out.write(buffer, 0, kept);
                out.flush();
                if (kept < count || (toDatabase && cutsAfter(buffer, count))) {
                    break;
                }
            }
        } catch (IOException e) {
            // one side is gone: so is the other
        }
        // what PostgreSQL got it works on, like on a real network; only the node is told
        reset(toDatabase ? from : to);
        close(toDatabase ? to : from);
    }

    private void linger() {
        var most = mostMillis;
        if (most > 0) {
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(most)));
        }
    }

    private int kept(int count) {
        return cut == Cut.ANYWHERE && happens() ? random.nextInt(count) : count;
    }

    private boolean cutsAfter(byte[] buffer, int count) {
        return cut == Cut.AFTER_COMMIT && holds(buffer, count) && happens();
    }

    private boolean happens() {
        synchronized (random) {
            return random.nextDouble() < probability;
        }
    }

    private static boolean holds(byte[] buffer, int count) {
        return new String(buffer, 0, count, StandardCharsets.ISO_8859_1)
                .contains(new String(COMMIT, StandardCharsets.US_ASCII));
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }
}
