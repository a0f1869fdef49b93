package dev.tidemark.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks a running server, and turns every refusal into a sentence. */
final class ServerClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI graphql;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ServerClient(String url, String key) {
        this.graphql = address(url);
        this.key = key;
    }

    /** The field of the answer that a query with one root field asks for. */
    JsonNode ask(String query, Map<String, Object> variables, Optional<String> project)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(graphql)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(Map.of("query", query, "variables", variables))));
        project.ifPresent(slug -> request.header("Tidemark-Project", slug));
        return field(answer(send(request.build())));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CommandFailed("No server answers at " + graphql + ": start one with ./tidemark serve.");
        }
    }

    private JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    "What answers at " + graphql + " is no Tidemark: it says " + response.statusCode() + ".");
        }
    }

    private static JsonNode field(JsonNode answer) {
        refuse(answer.path("errors"));
        refuse(answer.path("detail"));
        var field = answer.path("data").path(answer.path("data").fieldNames().next());
        refuse(field.path("userErrors"));
        return field;
    }

    private static void refuse(JsonNode errors) {
        if (errors.isTextual()) {
            throw new CommandFailed(errors.asText());
        }
        if (!errors.isEmpty()) {
            throw new CommandFailed(errors.get(0).path("message").asText());
        }
    }

    private static URI address(String url) {
        try {
            return URI.create(url.replaceAll("/+$", "") + "/graphql");
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("The URL " + url + " is none: write http://host:port.");
        }
    }
}
