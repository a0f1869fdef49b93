package dev.tidemark.server.live;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ErrorCode;
import graphql.language.OperationDefinition;
import io.helidon.http.Headers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The server's part of graphql-transport-ws on one socket. */
final class Conversation {

    private static final String ACKNOWLEDGED = "{\"type\":\"connection_ack\"}";
    private static final String PONG = "{\"type\":\"pong\"}";

    private final GraphqlEngine engine;
    private final Callers callers;
    private final LiveConnections connections;
    private final RequestsHeld requests;
    private final int mostOperations;
    private final Headers upgrade;
    private final SocketWriter writer;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private boolean isInitialising;
    private volatile @Nullable Session session;

    private record Session(Headers credentials, Caller caller, LiveConnections.Place place) {}

    /** @param upgrade the headers with which the socket was asked for */
    Conversation(Live live, Headers upgrade, SocketWriter writer) {
        this.engine = live.engine();
        this.callers = live.callers();
        this.connections = live.connections();
        this.requests = live.requests();
        this.mostOperations = live.settings().operationsOfSocket();
        this.upgrade = upgrade;
        this.writer = writer;
    }

    /** @throws SocketClosed when the client breaks the protocol */
    void receive(String text) {
        switch (ClientMessage.read(text)) {
            case ClientMessage.Init(var payload) -> initialise(payload);
            case ClientMessage.Subscribe(var id, var request) -> subscribe(id, request);
            case ClientMessage.Complete(var id) -> complete(id);
            case ClientMessage.Ping() -> writer.send(PONG);
            case ClientMessage.Pong() -> {}
        }
    }

    boolean isInitialised() {
        return session != null;
    }

    /** @throws SocketClosed when the key is not valid any more */
    void checkKey() {
        var current = session;
        if (current != null) {
            Refusal.of(callers, current.credentials()).ifPresent(e -> {
                throw refused(e);
            });
        }
    }

    /** The client has gone. */
    void end() {
        operations.values().forEach(Operation::cancel);
        var last = session;
        if (last != null) {
            last.place().close();
        }
    }

    private void initialise(Map<String, @Nullable Object> payload) {
        if (isInitialising) {
            throw new SocketClosed(CloseCode.SECOND_INIT, "Too many initialisation requests");
        }
        isInitialising = true;
        try {
            var credentials = InitPayload.credentials(payload, upgrade);
            var caller = callers.of(credentials);
            session = new Session(credentials, caller, connections.take(caller));
        } catch (CallerException e) {
            throw refused(e);
        }
        writer.send(ACKNOWLEDGED);
    }

    private static SocketClosed refused(CallerException e) {
        var code = switch (e.code()) {
            case UNAUTHENTICATED -> CloseCode.FORBIDDEN;
            case BAD_USER_INPUT -> CloseCode.BAD_REQUEST;
            default -> CloseCode.TRY_LATER;
        };
        return new SocketClosed(code, e.sentence());
    }

    private void subscribe(String id, GraphqlRequest request) {
        var current = session;
        if (current == null) {
            throw new SocketClosed(CloseCode.UNAUTHORIZED, "Unauthorized");
        }
        if (operations.containsKey(id)) {
            throw new SocketClosed(CloseCode.SUBSCRIBER_EXISTS, "Subscriber for " + id + " already exists");
        }
        try {
            requireFew();
            var held = requests.hold(current.caller(), request);
            var operation = new Operation(id, writer, () -> operations.remove(id));
            operations.put(id, operation);
            Thread.ofVirtual().name("operation").start(() -> run(operation, request, current.caller(), held));
        } catch (CallerException e) {
            writer.send(JsonWriter.write(Map.of("id", id, "type", "error", "payload", List.of(Refusal.error(e)))));
        }
    }

    private void run(Operation operation, GraphqlRequest request, Caller caller, RequestsHeld.Held held) {
        try (held;
                var memory = engine.share(caller)) {
            memory.run(() -> operation.tell(
                    engine.execute(request, caller, EnumSet.allOf(OperationDefinition.Operation.class), operation)));
        }
    }

    private void complete(String id) {
        var operation = operations.remove(id);
        if (operation != null) {
            operation.cancel();
        }
    }

    private void requireFew() {
        if (operations.size() >= mostOperations) {
            throw new CallerException(
                    ErrorCode.RATE_LIMITED,
                    "This socket has " + mostOperations
                            + " operations under way: complete some, or open another socket.");
        }
    }
}
