package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A server to which other people's clients send.
 *
 * @param keys by their scopes, in lower case
 */
record Receiver(TestServer server, JsonNode keys) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param settings of the server */
    static Receiver start(PostgresAddress database, Map<String, String> settings) {
        var server = TestServer.start(database, settings);
        var made = ask(
                server,
                "mutation { createProject(input: {slug: \"shop\"}) { keys { master read write } userErrors { message } } }",
                TestServer.ADMIN_KEY);
        return new Receiver(server, made.path("data").path("createProject").path("keys"));
    }

    String url() {
        return server.url();
    }

    String key(String scope) {
        return keys.path(scope).asText();
    }

    JsonNode ask(String query) {
        var answer = ask(server, query, key("master"));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.path("data");
    }

    /** The events of a collection, the last one first. */
    List<JsonNode> events(String collection) {
        return ask("{ events(collection: \"" + collection
                        + "\", first: 100) { nodes { time user anonymous messageId properties } } }")
                .path("events")
                .path("nodes")
                .valueStream()
                .toList();
    }

    /** The last one first. */
    List<JsonNode> deadLetters() {
        return ask("{ deadLetters { nodes { source code pointer raw } } }")
                .path("deadLetters")
                .path("nodes")
                .valueStream()
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static JsonNode ask(TestServer server, String query, String key) {
        var answer = server.post(
                "/graphql",
                json(Map.of("query", query)),
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + key);
        return json(answer.body());
    }
}
