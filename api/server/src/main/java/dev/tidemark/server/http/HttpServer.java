package dev.tidemark.server.http;

import dev.tidemark.server.live.Live;
import dev.tidemark.server.live.LiveConnections;
import dev.tidemark.server.live.SocketUpgrader;
import io.helidon.common.socket.SocketOptions;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A web server that listens. */
public final class HttpServer implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LONGEST_FIRST_LINE = 16 * 1024;

    /**
     * Bytes that a client may send before they are read, so that a batch comes at once instead of in turns with its reader.
     * It is all that a round trip carries, which does for clients nearby; those far away come through a proxy that has TLS.
     */
    private static final int RECEIVED_AHEAD = 512 * 1024;

    private final WebServer server;
    private final BoundedConnections connections;
    private final Draining draining;
    private final LargeRequests large;
    private final Optional<LiveConnections> live;

    private HttpServer(
            WebServer server,
            BoundedConnections connections,
            Draining draining,
            LargeRequests large,
            Optional<LiveConnections> live) {
        this.server = server;
        this.connections = connections;
        this.draining = draining;
        this.large = large;
        this.live = live;
    }

    /**
     * Listens.
     *
     * @throws BindException when the address or the port cannot be had
     */
    public static HttpServer start(HttpSettings settings, MeterRegistry registry, Site site) throws BindException {
        var draining = new Draining();
        var large = new LargeRequests();
        var routing = HttpRouting.builder();
        var standing = new StandingHeaders(settings.corsOrigins());
        routing.addFilter(new ClosedConnections()).addFilter(new Proxies(settings.proxies()));
        if (settings.accessLog()) {
            routing.addFilter(new AccessLog());
        }
        routing.addFilter(new RequestMeters(registry, Set.copyOf(site.services().keySet())))
                .addFilter(standing)
                .addFilter(new Framing())
                .addFilter(new ReadableQuery())
                .addFilter(new Lingering())
                .addFilter(draining)
                .addFilter(large)
                .addFilter(new Memory(settings.requestBytes()));
        Problems.register(routing, standing);
        site.services().forEach((prefix, service) -> routing.register(prefix, new KnownMethods(service)));
        routing.any(new Nowhere(site.services().keySet()));
        var http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(LONGEST_FIRST_LINE)
                        .validatePrologue(false) // ReadableQuery does
                        .build());
        site.live().ifPresent(live -> http.addUpgrader(new SocketUpgrader(live, settings.corsOrigins())));
        var connections = new BoundedConnections(http.build(), settings.idleTimeout());
        var server = build(settings, connections, routing).start();
        if (!server.isRunning()) {
            connections.close();
            large.close();
            throw new BindException(settings.host() + ":" + settings.port());
        }
        return new HttpServer(server, connections, draining, large, site.live().map(Live::connections));
    }

    private static WebServer build(HttpSettings settings, BoundedConnections connections, HttpRouting.Builder routing) {
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .featuresDiscoverServices(false)
                .shutdownHook(false)
                .shutdownGracePeriod(settings.grace())
                .maxTcpConnections(settings.connections())
                .connectionOptions(SocketOptions.builder()
                        .tcpNoDelay(true)
                        .socketReceiveBufferSize(RECEIVED_AHEAD)
                        .readTimeout(Duration.ZERO) // BoundedConnections has the limit
                        .build())
                .protocolsDiscoverServices(
                        false) // with one protocol a silent connection is known too, and can be closed
                .addConnectionSelector(connections)
                .directHandlers(Problems.beforeRoutes())
                .contentEncoding(new UntouchedEncodings())
                .routing(routing)
                .build();
    }

    public int port() {
        return server.port();
    }

    /**
     * Stops listening, and waits for what runs as long as the operator grants. The web server closes idle connections once,
     * and would wait for one that becomes idle a moment later.
     */
    @Override
    public void close() {
        draining.begin();
        live.ifPresent(LiveConnections::close);
        var stop = Thread.startVirtualThread(server::stop);
        try {
            while (!stop.join(LOOK)) {
                connections.closeIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
            large.close();
        }
    }
}
