package org.example.goals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsModuleTest extends ModuleConformance {

    private static final String SET_GOAL = """
            mutation($collection: String!, $name: String!) {
              setGoal(input: {collection: $collection, name: $name}) {
                goal { collection name }
                userErrors { message path }
              }
            }
            """;

    @Override
    protected String module() {
        return "goals";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.query(SET_GOAL, Map.of("collection", text, "name", text));
        project.collect(Event.of(text).by(text));
    }

    @Override
    protected List<String> queries() {
        return List.of("{ goals { collection name reached countedAt } }");
    }

    @Test
    void anEventThatReachesAGoalSaysSo() {
        var project = engine().project();
        project.query(SET_GOAL, Map.of("collection", "purchase", "name", "Buys something"));

        project.collect(Event.of("purchase").by("ada"), Event.of("visit").by("ada"));

        var events = project.query("{ events(collection: \"purchase\") { edges { node { properties } } } }");
        assertThat(events.toString()).contains("goal=Buys something");
    }

    @Test
    void reachedGoalsAreCounted() {
        var project = engine().project();
        project.query(SET_GOAL, Map.of("collection", "purchase", "name", "Buys something"));

        project.collect(Event.of("purchase"), Event.of("purchase"));

        await().untilAsserted(() ->
                assertThat(project.query("{ goals { reached } }").toString()).contains("reached=2"));
    }

    @Test
    void aGoalWithoutANameIsRefused() {
        var answer = engine().project().query(SET_GOAL, Map.of("collection", "purchase", "name", " "));

        assertThat(answer.toString()).contains("A goal's name has 1 to 100 characters.", "path=[name]");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("goals.count-every", "100ms");
    }
}
