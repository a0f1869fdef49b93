package dev.tidemark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;

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
}
