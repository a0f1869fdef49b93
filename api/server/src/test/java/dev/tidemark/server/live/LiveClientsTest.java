package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.NodeScripts;
import dev.tidemark.server.TestServer;
import dev.tidemark.testkit.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clients that people use: graphql-ws, graphql-sse, and Apollo's. */
@ExtendWith(PostgresExtension.class)
class LiveClientsTest {

    @Test
    void eachIsToldOfEventsAndGoesOnAfterACursor(PostgresAddress database) throws JsonProcessingException {
        var node = NodeScripts.ofServer();
        try (var server = TestServer.start(database)) {
            var key = server.createProject("shop").master();

            var told =
                    new ObjectMapper().readTree(node.run("clients.mjs", List.of("--url", server.url(), "--key", key)));

            for (var client : List.of("ws", "sse", "apollo")) {
                assertThat(told.path(client).toString()).as(client).isEqualTo("{\"told\":[1,2,3],\"resumed\":[4,5]}");
            }
            assertThat(told.path("query").asText()).isEqualTo("Query");
            assertThat(told.path("queryBySse").asText()).isEqualTo("Query");
            assertThat(told.path("invalid").asText()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
            assertThat(told.path("invalidBySse").asText()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        }
    }
}
