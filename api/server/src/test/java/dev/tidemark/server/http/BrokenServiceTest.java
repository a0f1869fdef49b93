package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenServiceTest {

    @Test
    void aServiceThatThrowsKeepsNoServerFromStartingNorFromStopping() {
        HttpService sound = rules -> rules.get("/", (request, response) -> response.send("here"));
        Map<String, HttpService> routes =
                Map.of("/a-starting", new Broken(true), "/b-routing", new Broken(false), "/sound", sound);

        try (var site = new SmallSite(routes)) {
            assertThat(site.send(site.request("/sound")).body()).isEqualTo("here");
            assertThat(site.send(site.request("/b-routing")).statusCode()).isEqualTo(404);
        }
    }

    /** @param routes whether it fails only when it is started and stopped */
    private record Broken(boolean routes) implements HttpService {

        @Override
        public void routing(HttpRules rules) {
            if (!routes) {
                throw new NoClassDefFoundError("example/Missing");
            }
        }

        @Override
        public void beforeStart() {
            throw new NoClassDefFoundError("example/Missing");
        }

        @Override
        public void afterStop() {
            throw new NoClassDefFoundError("example/Missing");
        }
    }
}
