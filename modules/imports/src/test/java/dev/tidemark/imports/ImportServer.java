package dev.tidemark.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/** The route of the module under test, over HTTP. */
final class ImportServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestEngine engine;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    ImportServer(TestEngine engine) {
        this.engine = engine;
        var routing = HttpRouting.builder();
        engine.engine().routes().forEach(routing::register);
        routing.error(
                CallerException.class,
                (request, response, refused) ->
                        response.status(Status.create(refused.code().status())).send(refused.sentence()));
        this.server = WebServer.builder()
                .port(0)
                .featuresDiscoverServices(false)
                .routing(routing)
                .build()
                .start();
    }

    int port() {
        return server.port();
    }

    /** A new key of the project. */
    String key(TestProject project, String scope) {
        var administrator = engine.administrator();
        var caller = new Caller(administrator.key(), administrator.scopes(), Optional.of(project.project()));
        var answer = new TestProject(engine.engine(), project.project(), caller)
                .query(
                        "mutation($scope: Scope!) { createApiKey(input: {name: \"test\", scopes: [$scope]}) { secret } }",
                        Map.of("scope", scope));
        return (String) ((Map<?, ?>) answer.get("createApiKey")).get("secret");
    }

    Answer upload(String key, String parameters, String file) {
        return upload(key, parameters, BodyPublishers.ofString(file));
    }

    Answer upload(String key, String parameters, BodyPublisher file) {
        return send(key, HttpRequest.newBuilder(uri("/import?" + parameters)).POST(file));
    }

    Answer progress(String key, String id) {
        return send(key, HttpRequest.newBuilder(uri("/import/" + id)));
    }

    private Answer send(String key, HttpRequest.Builder request) {
        try {
            var response = client.send(request.header("X-API-Key", key).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.stop();
    }

    /** @param status 0: the connection broke */
    record Answer(int status, String body) {

        boolean isDone() {
            return status == 200 && isFinished();
        }

        long count(String name) {
            try {
                return JSON.readTree(body).path(name).asLong(-1);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        boolean isFinished() {
            return json().path("finished").asBoolean();
        }

        boolean is(ErrorCode code) {
            return status == code.status();
        }

        private JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }
}
