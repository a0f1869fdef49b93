package dev.tidemark.server.http;

import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.assembly.SchemaAssembly;
import dev.tidemark.core.schema.assembly.SchemaPart;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.FaultLog;
import dev.tidemark.server.live.Live;
import dev.tidemark.server.live.LiveSettings;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.TestClient;
import io.helidon.metrics.api.Metrics;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP over a schema of two fields, without a database: what HTTP itself does needs no more. */
public final class SmallSite implements AutoCloseable {

    public static final String KEY = "right";
    static final int LARGEST_QUERY = 1_000_000;

    private static final LiveSettings LIVE =
            new LiveSettings(1_000, 100, Duration.ofSeconds(3), Duration.ofSeconds(15));

    private static final String SDL = """
            extend type Query {
              "The text again."
              echo("Any." text: JSON): JSON
              "Takes a third of a second."
              pondered: String
              "Fails."
              broken: String
            }
            extend type Mutation {
              "Counts."
              touch: TouchPayload! @access(scope: WRITE)
            }
            "What became of it."
            type TouchPayload {
              "How often."
              times: Int
              "What was wrong."
              userErrors: [UserError!]!
            }
            extend type Subscription {
              "Never."
              news: String
              "1, 2, 3 …"
              numbers("How many." count: Int! = 3): Text
              "Nothing, for ever."
              silence: Text
            }
            "A number among others."
            type Text {
              "The number."
              number: Int
              "Much."
              text: String
            }
            """;

    final AtomicInteger touched = new AtomicInteger();
    private final AtomicInteger feeds = new AtomicInteger();
    private final TestClient client = new TestClient();
    private final HttpServer server;

    SmallSite(Map<String, HttpService> routes, String... corsOrigins) {
        this(LIVE, Duration.ofMinutes(2), routes, corsOrigins);
    }

    /** A site of nothing but GraphQL. */
    public SmallSite(LiveSettings live) {
        this(live, Duration.ofMinutes(2), Map.of());
    }

    /** A site that closes connections on which nothing comes for so long. */
    SmallSite(Duration idleTimeout) {
        this(LIVE, idleTimeout, Map.of());
    }

    private SmallSite(LiveSettings live, Duration idleTimeout, Map<String, HttpService> routes, String... corsOrigins) {
        var settings = new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(corsOrigins),
                1,
                LARGEST_QUERY,
                1_000,
                1 << 30,
                idleTimeout,
                Duration.ofSeconds(10),
                false);
        var site = Site.of(
                new Live(engine(), new OneKey(), live),
                routes,
                LARGEST_QUERY,
                Metrics.globalRegistry(),
                () -> Optional.empty());
        try {
            server = HttpServer.start(settings, Metrics.globalRegistry(), site);
        } catch (BindException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GraphqlEngine engine() {
        var contribution = Contribution.builder()
                .resolver("Query", "echo", environment -> environment.getArgument("text"))
                .resolver("Query", "pondered", environment -> {
                    Thread.sleep(333);
                    return "yes";
                })
                .resolver("Query", "broken", environment -> {
                    throw new IllegalStateException("select secret from hidden");
                })
                .resolver("Mutation", "touch", environment -> Map.of("times", touched.incrementAndGet()))
                .resolver("Subscription", "news", environment -> {
                    throw new AssertionError("A subscription was begun.");
                })
                .resolver(
                        "Subscription", "numbers", environment -> new Numbers(environment.getArgument("count"), feeds))
                .resolver("Subscription", "silence", environment -> new Numbers(0, feeds))
                .build();
        var schema = SchemaAssembly.assemble(List.of(new SchemaPart("small", SDL, contribution)), List.of())
                .schema();
        return new GraphqlEngine(caller -> schema, Limits.standard(), new FaultLog(() -> "fault"));
    }

    /** How many subscriptions are under way. */
    public int feeds() {
        return feeds.get();
    }

    public URI uri() {
        return URI.create(url());
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int port() {
        return server.port();
    }

    /** A GraphQL request with the right key. */
    public HttpResponse<String> ask(String body, String... headers) {
        return send(
                request("/graphql")
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                headers);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        return client.send(request, headers);
    }

    /** Everything that the server answers to these bytes until it closes the connection, or is silent for two seconds. */
    String raw(String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(2_000);
            Thread.ofVirtual().start(() -> write(socket, bytes));
            var answer = new StringBuilder();
            try {
                var input = socket.getInputStream();
                for (int next = input.read(); next >= 0; next = input.read()) {
                    answer.append((char) next);
                }
                return answer.append("[closed]").toString();
            } catch (java.net.SocketTimeoutException e) {
                return answer.append("[open]").toString();
            } catch (java.net.SocketException e) {
                return answer.append("[reset]").toString();
            }
        }
    }

    private static void write(Socket socket, String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // it refused the beginning, and closed before it had all: its answer tells why
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** Some numbers with much text; of none: waits for ever. */
    private static final class Numbers implements Feed<Map<String, Object>> {

        private static final String MUCH = "x".repeat(10_000);

        private final int count;
        private final AtomicInteger feeds;
        private final CountDownLatch closed = new CountDownLatch(1);
        private int last;

        Numbers(int count, AtomicInteger feeds) {
            this.count = count;
            this.feeds = feeds;
            feeds.incrementAndGet();
        }

        @Override
        public Optional<Map<String, Object>> next() throws InterruptedException {
            if (count == 0) {
                closed.await();
            }
            return last == count ? Optional.empty() : Optional.of(Map.of("number", ++last, "text", MUCH));
        }

        @Override
        public synchronized void close() {
            if (closed.getCount() > 0) {
                closed.countDown();
                feeds.decrementAndGet();
            }
        }
    }

    private static final class OneKey implements Callers {

        @Override
        public Caller withKey(String key, Optional<String> project) {
            if (!key.equals(KEY)) {
                throw new CallerException(ErrorCode.UNAUTHENTICATED, "No key opens this.");
            }
            return new Caller("1", Set.of(Scope.MASTER), Optional.of(new Project(1, "shop")));
        }

        @Override
        public void count(Caller caller) {}
    }
}
