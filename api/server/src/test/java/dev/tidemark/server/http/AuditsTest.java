package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.server.NodeScripts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audits of npm's graphql-http, which is written by the authors of the specification. */
final class AuditsTest {

    @Test
    void allAuditsOfGraphqlOverHttpPass() throws IOException {
        var scripts = NodeScripts.ofServer();

        try (var site = new SmallSite(Map.of())) {
            var report = new ObjectMapper()
                    .readTree(scripts.run(
                            "audits.mjs", List.of("--url", site.url() + "/graphql", "--key", SmallSite.KEY)));

            assertThat(report.path("failed")).isEmpty();
            assertThat(report.path("audits").asInt()).isEqualTo(61);
        }
    }
}
