package dev.tidemark.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.StreamSupport;

/** The route of the module under test, over HTTP. */
final class ImportServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestSite site;

    ImportServer(TestEngine engine) {
        this.site = TestSite.start(engine.engine());
    }

    int port() {
        return site.uri("/").getPort();
    }

    Answer upload(String key, String parameters, String file) {
        return upload(key, parameters, BodyPublishers.ofString(file));
    }

    Answer upload(String key, String parameters, BodyPublisher file) {
        return send(
                key, HttpRequest.newBuilder(site.uri("/import?" + parameters)).POST(file));
    }

    Answer progress(String key, String id) {
        return send(key, HttpRequest.newBuilder(site.uri("/import/" + id)));
    }

    Answer latest(String key, String parameters) {
        return send(key, HttpRequest.newBuilder(site.uri("/import?" + parameters)));
    }

    private Answer send(String key, HttpRequest.Builder request) {
        try {
            var response = site.send(request.header("X-API-Key", key));
            return new Answer(response.statusCode(), response.body());
        } catch (UncheckedIOException e) {
            return new Answer(0, e.toString());
        }
    }

    @Override
    public void close() {
        site.close();
    }

    /** @param status 0: the connection broke */
    record Answer(int status, String body) {

        boolean isDone() {
            return status == 200 && isFinished();
        }

        /** -1 of what was refused. */
        long count(String name) {
            return status == 200 ? json().path(name).asLong(-1) : -1;
        }

        /** The columns of a dry run, each with its type. */
        List<String> types() {
            return StreamSupport.stream(json().path("columns").spliterator(), false)
                    .map(column -> column.path("name").asText() + " "
                            + column.path("type").asText())
                    .toList();
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
