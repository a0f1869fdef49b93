package dev.tidemark.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;

class PosthogModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "posthog";
    }

    @Override
    protected void fill(TestProject project, String text) {
        var answer = site().post("/capture/", """
                {"api_key": "%s", "distinct_id": "%2$s", "event": "Order Completed", "properties": {"plan": "%2$s"}}
                """.formatted(project.key(Scope.WRITE), text));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
