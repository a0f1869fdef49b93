package dev.tidemark.server.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody with a key, and with connections of their own, at one server. */
record Client(ServerProcess server, String key, HttpClient http) {

    static final ObjectMapper JSON = new ObjectMapper();

    Client(ServerProcess server, String key) {
        this(server, key, HttpClient.newHttpClient());
    }

    static Client admin(ServerProcess server) {
        return new Client(server, ServerProcess.ADMIN_KEY);
    }

    /** Who sends the events of a new project. */
    static Client of(ServerProcess server, String newProject) {
        return new Client(server, keys(server, newProject).path("write").asText());
    }

    /** Who keeps the keys of a new project. */
    static Client masterOf(ServerProcess server, String newProject) {
        return new Client(server, keys(server, newProject).path("master").asText());
    }

    private static JsonNode keys(ServerProcess server, String newProject) {
        return admin(server).ask("""
                mutation { createProject(input: {slug: "%s"}) { keys { write master } userErrors { message } } }
                """.formatted(newProject)).at("/createProject/keys");
    }

    Client at(ServerProcess other) {
        return new Client(other, key, http);
    }

    /** Fails as connections do: broken amid the answer, or refused. */
    HttpResponse<String> collect(String events) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/collect"))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(events))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The data of an answer without errors. */
    JsonNode ask(String query) {
        try {
            var answer = JSON.readTree(server.ask(key, query));
            if (answer.has("errors") || !answer.has("data")) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
