package dev.tidemark.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.process.Running;
import dev.tidemark.server.process.Server;
import dev.tidemark.testkit.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server within the test's own process, on a free port. */
public final class TestServer implements AutoCloseable {

    /** Of administrators, in each of these servers. */
    public static final String ADMIN_KEY = ServerProcess.ADMIN_KEY;

    private final Server server;
    private final Running running;
    private final TestClient client = new TestClient();

    private TestServer(Server server, Running running) {
        this.server = server;
        this.running = running;
    }

    public static TestServer start(PostgresAddress database) {
        return start(database, Map.of());
    }

    /** @param settings as the file would have them, by their dotted keys */
    public static TestServer start(PostgresAddress database, Map<String, String> settings) {
        try {
            var data = Files.createTempDirectory("tidemark");
            Map<String, String> all = new HashMap<>();
            all.put("server.port", "0");
            all.put("server.data", data.toString());
            all.put("server.plugins", data.resolve("plugins").toString());
            all.put("database.url", ServerProcess.url(database));
            all.putAll(settings);
            var configured = new Settings(all, Map.of("TIDEMARK_ADMIN_KEY", ADMIN_KEY));
            var server = new Server(configured);
            return new TestServer(server, server.start().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return running.url();
    }

    /** Where it keeps its files. */
    public Path data() {
        return running.settings().data();
    }

    public URI uri(String path) {
        return URI.create(url() + path);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    /** A GraphQL request in a project, as its administrator; the answer's text. */
    public String ask(String project, String query) {
        return post(
                        "/graphql",
                        document(query),
                        "Content-Type",
                        "application/json",
                        "X-API-Key",
                        ADMIN_KEY,
                        "Tidemark-Project",
                        project)
                .body();
    }

    /** Makes a project, and returns its keys. */
    public Keys createProject(String slug) {
        var answer = post(
                "/graphql",
                document("mutation { createProject(input: { slug: \"" + slug
                        + "\" }) { keys { master write read } userErrors { message } } }"),
                "Content-Type",
                "application/json",
                "X-API-Key",
                ADMIN_KEY);
        try {
            var keys = new ObjectMapper()
                    .readTree(answer.body())
                    .path("data")
                    .path("createProject")
                    .path("keys");
            return new Keys(
                    keys.path("master").asText(),
                    keys.path("write").asText(),
                    keys.path("read").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static String document(String query) {
        return JsonNodeFactory.instance.objectNode().put("query", query).toString();
    }

    /** Of a new project. */
    public record Keys(String master, String write, String read) {}

    /** @param headers names and values in turns */
    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        return client.send(request, headers);
    }

    @Override
    public void close() {
        server.close();
    }
}
