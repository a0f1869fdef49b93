package dev.tidemark.server.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What clients sent into one collection, and what was acknowledged to them: numbered batches, each one request.
 *
 * @param isRetried whether a batch has messageIds, and is sent until it is acknowledged; else it is sent once
 */
record Ledger(
        String collection, boolean isRetried, AtomicInteger sent, Set<Integer> acknowledged, Queue<String> surprises) {

    /** In each batch. */
    static final int EVENTS = 4;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    static Ledger retried(String collection) {
        return new Ledger(
                collection, true, new AtomicInteger(), ConcurrentHashMap.newKeySet(), new ConcurrentLinkedQueue<>());
    }

    static Ledger sentOnce(String collection) {
        return new Ledger(
                collection, false, new AtomicInteger(), ConcurrentHashMap.newKeySet(), new ConcurrentLinkedQueue<>());
    }

    String json(int batch) {
        return IntStream.range(0, EVENTS)
                .mapToObj(event -> json(batch, event))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String json(int batch, int event) {
        var id = isRetried ? ", \"messageId\": \"%s-%d-%d\"".formatted(collection, batch, event) : "";
        return "{\"collection\": \"%s\"%s, \"time\": \"%s\", \"properties\": {\"batch\": %d, \"n\": %d}}"
                .formatted(collection, id, time(batch), batch, event);
    }

    /** Batches come as late as two days, in no order. */
    private static Instant time(int batch) {
        return Instant.now().minus(Duration.ofMinutes(37L * (batch % 80)));
    }

    /** Returns whether the batch is settled; else the client may send it again. */
    boolean enter(int batch, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == UNAVAILABLE) {
            if (answer.headers().firstValue("Retry-After").isEmpty()) {
                surprises.add("503 without Retry-After: " + answer.body());
            }
            return false;
        }
        if (answer.statusCode() == OK && isWhole(answer.body())) {
            acknowledged.add(batch);
        } else {
            surprises.add(answer.statusCode() + ": " + answer.body());
        }
        return true;
    }

    private static boolean isWhole(String answer) throws IOException {
        var counts = Client.JSON.readTree(answer);
        return counts.path("stored").asInt() == EVENTS
                || counts.path("duplicates").asInt() == EVENTS;
    }
}
