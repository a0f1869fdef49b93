package dev.tidemark.server.live;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.WsOpCode;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket, from the upgrade to its end. */
final class Socket implements ServerConnection {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private final Live live;
    private final SocketWriter writer;
    private final SocketReader reader;
    private final Conversation conversation;
    private final boolean speaks;

    /** @param speaks whether the client offered the one subprotocol there is */
    Socket(Live live, ConnectionContext connection, Headers upgrade, boolean speaks) {
        this.live = live;
        this.writer = new SocketWriter(connection);
        this.reader = new SocketReader(
                connection, new Pace(System::nanoTime), payload -> writer.control(WsOpCode.PONG, payload));
        this.conversation = new Conversation(live, upgrade, writer);
        this.speaks = speaks;
    }

    /** Ends in one way: with an exception by which the web server closes the connection. */
    @Override
    public void handle(Limit limit) {
        var keeper = new Keeper(live.settings(), conversation, reader, writer);
        keeper.start();
        try (var _ = live.connections().onStop(() -> close(false))) {
            converse();
        } finally {
            keeper.end();
            conversation.end();
        }
        throw new CloseConnectionException("The socket is closed.");
    }

    @Override
    public Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - reader.heardAt());
    }

    @Override
    public void close(boolean interrupt) {
        if (!writer.isClosed()) {
            Thread.startVirtualThread(() -> writer.close(CloseCode.STOPPING, "The server stops: come again."));
        }
    }

    private void converse() {
        try {
            if (!speaks) {
                throw new SocketClosed(CloseCode.NO_SUBPROTOCOL, "Subprotocol not acceptable");
            }
            while (!writer.isClosed()) {
                conversation.receive(reader.message());
            }
        } catch (SocketClosed e) {
            writer.close(e.code(), e.reason());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            var id = UUID.randomUUID();
            LOG.error("Fault {}", id, e);
            writer.close(CloseCode.FAULT, "Something failed on our side; the log has it as " + id + ".");
        }
        conversation.end();
        reader.drain();
    }
}
