package dev.tidemark.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One socket of graphql-transport-ws with subscriptions to events. It notes when each came, and from which commit. */
final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private static final String CURSOR = "\"cursor\":\"";

    private final Clock clock = Clock.systemUTC();
    private final CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();
    private final List<Told> told = new ArrayList<>();
    private final WebSocket socket;

    /** @param commit the position of the commit that an event was in */
    record Told(long commit, Instant at) {

        /** Since a moment by the clock of the same machine. */
        double millisSince(Instant committed) {
            return ChronoUnit.MICROS.between(committed, at) / 1_000.0;
        }
    }

    LiveSocket(HttpClient client, Site site) {
        this.socket = client.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .connectTimeout(Duration.ofSeconds(30))
                .buildAsync(URI.create("ws://" + site.host() + "/graphql"), this)
                .join();
        send("{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer " + site.masterKey() + "\"}}");
        acknowledged.join();
    }

    /** @param filter of the events of a collection that are wanted: a value of their property bucket */
    void subscribe(int id, String collection, int filter) {
        var query = "subscription { events(collections: [{name: \\\"" + collection
                + "\\\", where: {property: {name: \\\"bucket\\\", eq: " + filter
                + "}}}]) { cursor time user properties } }";
        send("{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\"}}");
    }

    /** What came so far. */
    List<Told> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    void forget() {
        synchronized (told) {
            told.clear();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            take(clock.instant());
            message.setLength(0);
        }
        return WebSocket.Listener.super.onText(from, data, last);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(Instant now) {
        var place = message.indexOf(CURSOR);
        if (place >= 0) {
            var from = place + CURSOR.length();
            var cursor = Base64.getUrlDecoder().decode(message.substring(from, message.indexOf("\"", from)));
            var position = new String(cursor, StandardCharsets.UTF_8);
            var commit = position.substring(position.lastIndexOf(':') + 1, position.lastIndexOf('.'));
            synchronized (told) {
                told.add(new Told(Long.parseLong(commit), now));
            }
        } else if (message.indexOf("connection_ack") >= 0) {
            acknowledged.complete(true);
        } else if (message.indexOf("\"error\"") >= 0) {
            throw new IllegalStateException(message.toString());
        }
    }

    private void send(String text) {
        socket.sendText(text, true).join();
    }
}
