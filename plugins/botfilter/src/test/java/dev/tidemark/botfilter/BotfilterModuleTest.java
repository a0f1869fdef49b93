package dev.tidemark.botfilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BotfilterModuleTest extends ModuleConformance {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private static final String GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String HEADLESS = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " HeadlessChrome/126.0.0.0 Safari/537.36";

    @Override
    protected String module() {
        return "botfilter";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(Event.of("visit").by(text).with("user_agent", FIREFOX).with("page", text));
    }

    @Test
    void robotsAreMarkedAndPeopleToo() {
        var project = engine().project();

        project.collect(
                Event.of("visit").with("user_agent", FIREFOX),
                Event.of("visit").with("user_agent", GOOGLE),
                Event.of("visit").with("user_agent", HEADLESS),
                Event.of("visit"));

        assertThat(project.query("""
            { aggregate(
              collection: "visit", measures: [{measure: COUNT}], groupBy: [{property: "is_bot"}]
            ) { rows { group measures } } }
            """).toString())
                .contains("group={is_bot=true}, measures={count=2}", "group={is_bot=false}, measures={count=1}");
    }

    @Test
    void aStrictCollectionTakesTheMarkThoughNobodyDeclaredIt() {
        var project = engine().project();
        project.query("""
                mutation {
                  declareCollection(input: {
                    name: "visit", mode: STRICT, properties: {name: "user_agent", type: TEXT}
                  }) { userErrors { message } }
                }
                """);

        project.collect(Event.of("visit").with("user_agent", GOOGLE));

        assertThat(project.query("{ events(collection: \"visit\") { nodes { properties } } }"))
                .asString()
                .contains("is_bot=true");
    }

    @Test
    void whoWantsNoRobotsHasThemAsDeadLetters(PostgresAddress database) {
        try (var engine = TestEngine.start(database, Map.of("botfilter.refuse", "true"), Optional.empty())) {
            var project = engine.project("without_robots").project();

            var outcomes = engine.engine()
                    .events()
                    .collect(
                            project,
                            List.of(
                                    Event.of("visit").with("user_agent", GOOGLE),
                                    Event.of("visit").with("user_agent", FIREFOX)),
                            Origin.of("test", Instant.now()));

            assertThat(outcomes.get(0))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("bot"));
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Stored.class);
        }
    }
}
