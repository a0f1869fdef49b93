package dev.tidemark.server.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.server.live.RawSocket;
import dev.tidemark.spi.GlobalId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Follows a project's events over a socket, and goes on after the last one whenever that is lost, until it is closed. */
final class Subscriber implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Client client;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;
    private volatile Optional<String> cursor = Optional.empty();
    private volatile Optional<RawSocket> current = Optional.empty();
    private final AtomicInteger connections = new AtomicInteger();

    private Subscriber(Client client) {
        this.client = client;
        this.thread = Thread.startVirtualThread(this::run);
    }

    /** One that was told of an event, so that nothing that comes is missed. */
    static Subscriber of(Client client) {
        var subscriber = new Subscriber(client);
        await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> {
            client.collect("{\"collection\": \"begun\"}");
            return !subscriber.told().isEmpty();
        });
        return subscriber;
    }

    /** The tables and numbers of the events in the order in which they were told. */
    List<String> told() {
        return told;
    }

    /** What was told, and neither an event nor the end of a connection. */
    Queue<String> surprises() {
        return surprises;
    }

    /** Resets its connection, and returns when it has another one. */
    void cut() throws IOException {
        var before = connections.get();
        if (current.isPresent()) {
            current.get().socket().setSoLinger(true, 0);
            current.get().close();
        }
        await().atMost(PATIENCE).until(() -> connections.get() > before);
    }

    @Override
    public void close() throws IOException {
        ended.set(true);
        if (current.isPresent()) {
            current.get().close();
        }
        await().atMost(PATIENCE).until(() -> !thread.isAlive());
    }

    private void run() {
        while (!ended.get()) {
            await().forever()
                    .pollInterval(PAUSE)
                    .until(this::connected, socket -> socket.isPresent() || ended.get())
                    .ifPresent(this::followUntilItIsLost);
        }
    }

    /** Empty: the server is gone, and comes again. */
    private Optional<RawSocket> connected() {
        try {
            return Optional.of(RawSocket.initialised(URI.create(client.server().url()), client.key()));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private void followUntilItIsLost(RawSocket connected) {
        try (var socket = connected) {
            current = Optional.of(socket);
            follow(socket);
        } catch (IOException | IllegalStateException e) {
            // the connection or the server is gone: another one goes on
        }
    }

    private void follow(RawSocket socket) throws IOException {
        var after = cursor.map(text -> "(after: \\\"" + text + "\\\")").orElse("");
        socket.subscribe("1", "subscription { events" + after + " { id cursor } }");
        connections.incrementAndGet();
        while (true) {
            var message = socket.message();
            var event = message.at("/payload/data/events");
            if (!event.isObject()) {
                surprise(message);
                return;
            }
            told.add(GlobalId.parse(event.path("id").asText()).orElseThrow().local());
            cursor = Optional.of(event.path("cursor").asText());
        }
    }

    private void surprise(JsonNode message) {
        if (!message.toString().contains("UNAVAILABLE")) {
            surprises.add(message.toString());
        }
    }
}
