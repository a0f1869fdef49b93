package dev.tidemark.server.http;

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
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;

/**
 * HTTP/1.1 on connections that are read by a {@link BoundedReader}, by a {@link ClientConnection} ahead, and closed by us when
 * nobody uses them.
 */
final class BoundedConnections implements ServerConnectionSelector {

    private final ServerConnectionSelector http;
    private final Set<ServerConnection> open =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    BoundedConnections(ServerConnectionSelector http) {
        this.http = http;
    }

    /** Closes those that wait for a request; the others end with what they do. */
    void closeIdle() {
        Set.copyOf(open).forEach(connection -> connection.close(false));
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
        var connection = new Attended(http.connection(new Bounded(context, new BoundedReader(client))), client);
        open.add(connection);
        return connection;
    }

    /** Lets what serves the connection know it. */
    private record Attended(ServerConnection connection, ClientConnection client) implements ServerConnection {

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(ClientConnection.CURRENT, client).<Boolean, InterruptedException>call(() -> {
                connection.handle(limit);
                return true;
            });
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

    private record Bounded(ConnectionContext context, DataReader dataReader) implements ConnectionContext {

        @Override
        public ListenerContext listenerContext() {
            return context.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return context.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return context.dataWriter();
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
