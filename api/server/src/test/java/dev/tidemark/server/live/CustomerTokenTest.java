package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import dev.tidemark.testkit.PostgresExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class CustomerTokenTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PostgresAddress database;

    CustomerTokenTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void aTokenOpensItsMailboxByHttpSocketAndStreamUntilItIsRevoked() throws Exception {
        try (var server = TestServer.start(database);
                var client = HttpClient.newHttpClient()) {
            server.createProject("token_shop");
            var made = JSON.readTree(
                    server.ask("token_shop", "mutation { createCustomerToken(input: {customer: \"ada\"}) { token } }"));
            var token = made.at("/data/createCustomerToken/token").asText();
            var cursor = asked(server, token, "{ mailbox { cursor } }").at("/data/mailbox/cursor");
            var follow = "subscription { mailbox(after: " + cursor + ") { message { text } } }";
            try (var socket = RawSocket.initialised(server.uri("/"), token);
                    var stream = stream(client, server, token, follow)) {
                socket.subscribe("1", "subscription { events { collection } }");
                assertThat(socket.message().toString()).contains("FORBIDDEN");
                assertThat(socket.message().path("type").asText()).isEqualTo("complete");
                socket.subscribe("2", follow.replace("\"", "\\\""));

                var sent = asked(server, token, "mutation { sendMessage(input: {text: \"hi\"}) { message { from } } }");

                assertThat(sent.at("/data/sendMessage/message/from").asText()).isEqualTo("CUSTOMER");
                assertThat(socket.message()
                                .at("/payload/data/mailbox/message/text")
                                .asText())
                        .isEqualTo("hi");
                assertThat(stream.lines()
                                .filter(line -> line.startsWith("data: "))
                                .findFirst())
                        .hasValueSatisfying(line -> assertThat(line).contains("\"text\":\"hi\""));
                assertThat(asked(server, token, "{ collections { name } }").toString())
                        .contains("FORBIDDEN");
                assertThat(collected(server, token)).isEqualTo(403);

                server.ask("token_shop", "mutation { rotateCustomerTokens(input: {}) { oldTokensEndAt } }");

                assertThat(socket.closed()).isEqualTo(4403);
                assertThat(asked(server, token, "{ mailbox { unread } }").toString())
                        .contains("UNAUTHENTICATED");
            }
        }
    }

    private static BufferedReader stream(HttpClient client, TestServer server, String token, String query)
            throws Exception {
        var request = HttpRequest.newBuilder(server.uri("/graphql"))
                .headers("Accept", "text/event-stream", "Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(document(query)))
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode asked(TestServer server, String token, String query) throws IOException {
        var answer = server.post(
                "/graphql", document(query), "Content-Type", "application/json", "Authorization", "Bearer " + token);
        return JSON.readTree(answer.body());
    }

    private static int collected(TestServer server, String token) {
        return server.post(
                        "/collect",
                        "{\"collection\":\"x\"}",
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + token)
                .statusCode();
    }

    private static String document(String query) {
        return JSON.createObjectNode().put("query", query).toString();
    }
}
