package dev.tidemark.server.http;

import dev.tidemark.core.modules.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the operator wants HTTP. */
public record HttpSettings(
        String host,
        int port,
        Set<String> corsOrigins,
        int proxies,
        int largestQuery,
        int connections,
        long requestBytes,
        Duration idleTimeout,
        Duration grace,
        boolean accessLog) {

    private static final int MIB = 1024 * 1024;
    private static final int HEAP_OF_REQUESTS = 16;

    public HttpSettings {
        corsOrigins = Set.copyOf(corsOrigins);
    }

    public static HttpSettings read(Settings settings) {
        return new HttpSettings(
                settings.read("server.host", "127.0.0.1", "The address to listen on; 0.0.0.0 is every one."),
                settings.read("server.port", 8080, "The port to listen on; 0 takes a free one."),
                origins(settings.read(
                        "server.cors-origins",
                        "",
                        "Origins whose pages may ask this server, joined by commas, such as"
                                + " https://shop.example; * is every one.")),
                settings.read(
                        "server.proxies",
                        0,
                        "How many proxies of yours each request comes through: the first of them says in X-Forwarded-For"
                                + " where it comes from."),
                settings.read("server.largest-query", 16 * MIB, "The largest body of a GraphQL request, in bytes."),
                settings.read("server.connections", 10_000, "How many connections are open at most."),
                settings.read(
                                "server.request-megabytes",
                                (int) ((Runtime.getRuntime().maxMemory() / HEAP_OF_REQUESTS) >> 20),
                                "Megabytes of requests that are held at once; by default a sixteenth of the heap,"
                                        + " since a request grows as it becomes events and rows.")
                        * (long) MIB,
                settings.read(
                        "server.idle-timeout",
                        Duration.ofSeconds(30),
                        "After what time a connection is closed on which nothing comes, between requests or amid one."),
                settings.read(
                        "server.grace", Duration.ofSeconds(10), "How long a stop waits for requests that are running."),
                settings.read("server.access-log", false, "Whether each request is logged."));
    }

    /** How this machine reaches a server of these settings. */
    public String url(int listeningPort) {
        var everywhere = host.equals("0.0.0.0") || host.equals("::");
        var reachable = everywhere ? "127.0.0.1" : host;
        return "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + listeningPort;
    }

    private static Set<String> origins(String joined) {
        return Stream.of(joined.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
