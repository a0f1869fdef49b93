package dev.tidemark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SegmentModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "segment";
    }

    @Override
    protected void fill(TestProject project, String text) {
        var answer = site().post("/v1/track", """
                {"writeKey": "%s", "userId": "%2$s", "messageId": "%2$s", "event": "Order Completed", "properties": {"plan": "%2$s"}}
                """.formatted(project.key(Scope.WRITE), text));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void theKeyMayComeAsAnywhereElse() {
        var key = engine().project().key(Scope.WRITE);

        assertThat(track("{\"event\": \"a\"}", "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(200);
        assertThat(track("{\"event\": \"a\"}", "X-API-Key", key).statusCode()).isEqualTo(200);
        assertThat(track("{\"event\": \"a\"}").statusCode()).isEqualTo(401);
    }

    @Test
    void severalMessagesWithoutAnArrayAreToldToBeOne() {
        var answer = track("{\"event\": \"a\"}\n{\"event\": \"b\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Line 2", "array").doesNotContain("ndjson");
    }

    private HttpResponse<String> track(String body, String... headers) {
        return site().post("/v1/track", body, headers);
    }
}
