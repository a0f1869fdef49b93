package dev.tidemark.testkit;

import dev.tidemark.core.Engine;
import dev.tidemark.spi.CallerException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The routes of an engine's modules over real HTTP, on a free port. What they refuse is answered as a plain sentence. */
public final class TestSite implements AutoCloseable {

    private final WebServer server;
    private final TestClient client = new TestClient();

    private TestSite(WebServer server) {
        this.server = server;
    }

    public static TestSite start(Engine engine) {
        var routing = HttpRouting.builder();
        engine.routes().forEach(routing::register);
        routing.error(
                CallerException.class,
                (request, response, refused) ->
                        response.status(Status.create(refused.code().status())).send(refused.sentence()));
        return new TestSite(WebServer.builder()
                .port(0)
                .featuresDiscoverServices(false)
                .routing(routing)
                .build()
                .start());
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /** @param headers names and values in turns */
    public HttpResponse<String> post(String path, String body, String... headers) {
        return client.send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)), headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return client.send(request);
    }

    /** The answer as soon as it begins; its body is read by the caller. */
    public HttpResponse<InputStream> open(HttpRequest.Builder request) {
        return client.send(request, BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        server.stop();
        client.close();
    }
}
