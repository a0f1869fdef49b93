package dev.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Asks a server over HTTP, on one connection. */
record Graphql(HttpClient client, URI address, String key) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    Graphql(Site site) {
        this(site.host(), site.masterKey());
    }

    Graphql(String host, String key) {
        this(HttpClient.newHttpClient(), URI.create("http://" + host + "/graphql"), key);
    }

    /** The data of an answer without errors. */
    JsonNode answer(String query) throws Exception {
        return answer(query, Map.of());
    }

    /** The data of an answer without errors. */
    JsonNode answer(String query, Map<String, Object> variables) throws Exception {
        var answer = JSON.readTree(body(query, variables));
        if (!answer.path("errors").isMissingNode()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.get("data");
    }

    /** How long it takes until the answer is there. */
    Figure seconds(String query) throws Exception {
        var start = System.nanoTime();
        body(query, Map.of());
        return Figure.of((System.nanoTime() - start) / 1e9);
    }

    /** The body of a request. */
    static byte[] body(String query) throws Exception {
        return JSON.writeValueAsBytes(Map.of("query", query));
    }

    private String body(String query, Map<String, Object> variables) throws Exception {
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("query", query, "variables", variables))))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        client.close();
    }
}
