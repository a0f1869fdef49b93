package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * Sends requests over connections that stay open, and counts the answers. It shares the machine with the server, so it
 * does as little as it can: it writes bytes that are ready, reads no more of an answer than where it ends, and has a thread of the
 * system for each connection, which needs no other to be woken.
 */
final class HttpLoad {

    private final Site site;
    private final String path;

    HttpLoad(Site site, String path) {
        this.site = site;
        this.path = path;
    }

    /** A request as it goes over the wire. */
    byte[] request(String contentType, byte[] body) {
        var head =
                "POST " + path + " HTTP/1.1\r\nHost: " + site.host() + "\r\nAuthorization: Bearer " + site.masterKey()
                        + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var bytes = head.getBytes(StandardCharsets.US_ASCII);
        var request = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, request, 0, bytes.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
    }

    /** Each connection sends its own requests, one after the other. The number of answers. */
    int sendAll(List<List<byte[]>> requestsByConnection) throws Exception {
        List<Callable<Integer>> connections = new ArrayList<>();
        for (var requests : requestsByConnection) {
            connections.add(() -> send(requests));
        }
        return run(connections);
    }

    /** So many connections send what the function makes for as long. The number of answers. */
    int sendFor(Duration length, int connections, IntFunction<byte[]> request) throws Exception {
        var end = System.nanoTime() + length.toNanos();
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            var first = i;
            clients.add(() -> sendUntil(end, first, connections, request));
        }
        return run(clients);
    }

    private int send(List<byte[]> requests) throws IOException {
        try (var connection = new HttpConnection(site)) {
            for (var request : requests) {
                connection.exchange(request);
            }
        }
        return requests.size();
    }

    private int sendUntil(long end, int first, int step, IntFunction<byte[]> request) throws IOException {
        var sent = 0;
        try (var connection = new HttpConnection(site)) {
            for (int i = first; System.nanoTime() < end; i += step) {
                connection.exchange(request.apply(i));
                sent++;
            }
        }
        return sent;
    }

    private static int run(List<Callable<Integer>> clients) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients.size())) {
            var answered = 0;
            for (var client : threads.invokeAll(clients)) {
                answered += client.get();
            }
            return answered;
        }
    }
}
