package dev.tidemark.server.http;

import dev.tidemark.core.threads.BackgroundThread;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * HTTP/1.1 on connections that are read by a {@link BoundedReader}, by a {@link ClientConnection} ahead, written by a {@link
 * ClientWriter}, and closed by us when nobody uses them.
 *
 * <p>That nothing comes is seen by one look at all of them now and then: a time limit of each read would wake a thread of the
 * system to note it and again to forget it, which for a small request is half of its work.
 */
final class BoundedConnections implements ServerConnectionSelector, AutoCloseable {

    private static final int LOOKS = 4;

    private final ServerConnectionSelector http;
    private final Set<Attended> open = ConcurrentHashMap.newKeySet();
    private final BackgroundThread looking;

    /** @param silence how long nothing may come, between requests or amid one; seen a quarter of it late at most */
    BoundedConnections(ServerConnectionSelector http, Duration silence) {
        this.http = http;
        this.looking = BackgroundThread.every("silence", silence.dividedBy(LOOKS), () -> closeSilent(silence));
    }

    @Override
    public void close() {
        looking.close();
    }

    /** Closes those that wait for a request; the others end with what they do. */
    void closeIdle() {
        open.forEach(connection -> connection.close(false));
    }

    private void closeSilent(Duration silence) {
        open.forEach(connection -> connection.closeIfSilent(silence));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var client = new ClientConnection(context.dataReader());
        var bounded = new Bounded(context, new BoundedReader(client), new ClientWriter(context.dataWriter()));
        return new Attended(http.connection(bounded), client);
    }

    /** Is looked after as long as it is served, and lets what serves it know it. */
    private final class Attended implements ServerConnection {

        private final ServerConnection connection;
        private final ClientConnection client;

        Attended(ServerConnection connection, ClientConnection client) {
            this.connection = connection;
            this.client = client;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.add(this);
            try {
                ScopedValue.where(ClientConnection.CURRENT, client).<Boolean, InterruptedException>call(() -> {
                    connection.handle(limit);
                    return true;
                });
            } finally {
                open.remove(this);
            }
        }

        void closeIfSilent(Duration silence) {
            if (client.giveUp(silence)) {
                connection.close(true);
            }
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }
    }

    private record Bounded(ConnectionContext context, DataReader dataReader, DataWriter dataWriter)
            implements ConnectionContext {

        @Override
        public ListenerContext listenerContext() {
            return context.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return context.executor();
        }

        @Override
        public Router router() {
            return context.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return context.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return context.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return context.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return context.localPeer();
        }

        @Override
        public boolean isSecure() {
            return context.isSecure();
        }

        @Override
        public String socketId() {
            return context.socketId();
        }

        @Override
        public String childSocketId() {
            return context.childSocketId();
        }
    }
}
