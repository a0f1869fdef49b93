package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.TestServer.Keys;
import dev.tidemark.server.live.AbuseTest.Case;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What clients do with keys, events and conditions. */
final class ProjectAbuse implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONDITIONS = 20;
    private static final String EVENTS = "subscription { events { cursor properties } }";
    private static final String TYPED = "subscription { data { click { cursor node { n } } } }";

    private final TestServer server;
    private final Keys keys;
    private final HttpClient client = HttpClient.newHttpClient();

    ProjectAbuse(PostgresAddress database) {
        server = TestServer.start(database, Map.of("eventstream.conditions", String.valueOf(CONDITIONS)));
        keys = server.createProject("shop");
        collect("{\"collection\":\"click\",\"properties\":{\"n\":0}}");
    }

    Map<String, Case> cases() {
        return Map.of(
                "w06", this::revokedKey,
                "w31", this::manyConditions,
                "w39", this::noKey,
                "w44", this::farInThePast,
                "w45", this::lineBreaks);
    }

    private void revokedKey() throws IOException {
        var made = answer(server.ask(
                "shop", "mutation { createApiKey(input: {name: \"gone\", scopes: [READ]}) { secret apiKey { id } } }"));
        var created = made.at("/data/createApiKey");
        try (var socket =
                RawSocket.initialised(server.uri("/"), created.path("secret").asText())) {
            socket.subscribe("1", EVENTS);

            server.ask(
                    "shop",
                    "mutation { revokeApiKey(input: {id: \""
                            + created.at("/apiKey/id").asText() + "\"}) { userErrors { message } } }");

            assertThat(socket.closed()).isEqualTo(4403);
            collect("{\"collection\":\"click\",\"properties\":{\"n\":0}}");
            assertThat(socket.rest()).isEmpty();
        }
    }

    private void manyConditions() throws IOException {
        try (var socket = RawSocket.initialised(server.uri("/"), keys.read())) {
            for (int i = 0; i <= CONDITIONS; i++) {
                socket.subscribe(
                        String.valueOf(i),
                        "subscription { events(collections: [{name: \\\"click\\\", where: {property: {name: \\\"n\\\", eq: "
                                + (i + 1_000) + "}}}]) { cursor } }");
            }

            var refused = socket.message();

            assertThat(refused.at("/payload/errors/0/extensions/code").asText()).isEqualTo("RATE_LIMITED");
            collect("{\"collection\":\"click\",\"properties\":{\"n\":0}}");
        }
    }

    private void noKey() throws IOException, InterruptedException {
        assertThat(subscribe("").statusCode()).isEqualTo(401);
        assertThat(subscribe("wrong").statusCode()).isEqualTo(401);
        assertThat(subscribe(keys.write()).statusCode()).isEqualTo(403);
    }

    private void farInThePast() throws IOException, InterruptedException {
        String first;
        try (var stream = lines(subscribe(keys.read()))) {
            collect("{\"collection\":\"click\",\"properties\":{\"n\":1}}");
            first = stream.lines()
                    .filter(line -> line.startsWith("id: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(4);
        }
        var thousand = "{\"collection\":\"click\",\"properties\":{\"n\":2}},".repeat(999);
        collect("[" + thousand + "{\"collection\":\"click\",\"properties\":{\"n\":3}}]");

        try (var stream = lines(subscribe(keys.read(), "Last-Event-ID", first))) {
            var told = stream.lines()
                    .filter(line -> line.startsWith("data: "))
                    .limit(1_000)
                    .toList();

            assertThat(told.getFirst()).contains("{\"n\":2}");
            assertThat(told.getLast()).contains("{\"n\":3}");
        }
        try (var stream = lines(ask(TYPED, keys.read(), "Last-Event-ID", first))) {
            var told = stream.lines().skip(2).limit(3).toList();

            var cursor = told.get(1).substring(4);
            assertThat(told.get(2))
                    .isEqualTo("data: {\"data\":{\"data\":{\"click\":{\"cursor\":\"" + cursor
                            + "\",\"node\":{\"n\":2}}}}}");
        }
    }

    private void lineBreaks() throws IOException, InterruptedException {
        try (var stream = lines(subscribe(keys.read()))) {
            collect("{\"collection\":\"click\",\"properties\":{\"text\":\"\\n\\ndata: forged\\r\\n\\r\\nid: 1\"}}");
            collect("{\"collection\":\"click\",\"properties\":{\"text\":\"end\"}}");

            var told = stream.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith(":"))
                    .limit(6)
                    .toList();

            assertThat(told.get(0)).isEqualTo("event: next");
            assertThat(told.get(1)).startsWith("id: ");
            assertThat(answer(told.get(2).substring(6))
                            .at("/data/events/properties/text")
                            .asText())
                    .isEqualTo("\n\ndata: forged\r\n\r\nid: 1");
            assertThat(told.get(3)).isEqualTo("event: next");
            assertThat(told.get(5)).contains("\"end\"");
        }
    }

    private void collect(String events) {
        assertThat(server.post(
                                "/collect",
                                events,
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Bearer " + keys.write())
                        .statusCode())
                .isEqualTo(200);
    }

    /** Returns when it has begun, since the stream's first line tells that it has. */
    private HttpResponse<InputStream> subscribe(String key, String... headers)
            throws IOException, InterruptedException {
        return ask(EVENTS, key, headers);
    }

    private HttpResponse<InputStream> ask(String query, String key, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.uri("/graphql"))
                .headers("Content-Type", "application/json", "Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"query\":\"" + query + "\"}"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode answer(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
