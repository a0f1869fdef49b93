package dev.tidemark.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UseragentModuleTest extends ModuleConformance {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1";

    @Override
    protected String module() {
        return "useragent";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(Event.of("visit").by(text).with("user_agent", FIREFOX).with("page", text));
    }

    @Test
    void browserSystemAndDeviceAreColumns() {
        var project = engine().project();

        project.collect(Event.of("visit").with("context", Map.of("userAgent", IPHONE)));

        assertThat(properties(project))
                .contains(
                        "browser=Mobile Safari", "browser_version=17.4", "os=iOS", "os_version=17.4", "device=iPhone");
    }

    @Test
    void theHeaderOfTheRequestCountsWhenTheEventSaysNothing() {
        var project = engine().project();
        var origin = new Origin("test", Instant.now(), Optional.empty(), Optional.of(FIREFOX), Optional.empty());

        engine().engine().events().collect(project.project(), List.of(Event.of("visit")), origin);

        assertThat(properties(project)).contains("browser=Firefox", "os=Linux").doesNotContain("os_version");
    }

    @Test
    void whatTheEventSaysItselfStays() {
        var project = engine().project();

        project.collect(Event.of("visit").with("user_agent", FIREFOX).with("browser", "mine"));

        assertThat(properties(project)).contains("browser=mine", "os=Linux");
    }

    @Test
    void aStrictCollectionThatDeclaresAnotherTypeForAnAdditionTakesTheEventAndKeepsTheValueApart() {
        var project = engine().project();
        project.query("""
                mutation {
                  declareCollection(input: {name: "visit", mode: STRICT, properties: [
                    {name: "user_agent", type: TEXT}, {name: "browser", type: LONG}
                  ]}) { userErrors { message } }
                }
                """);

        project.collect(Event.of("visit").with("user_agent", FIREFOX));
        engine().engine()
                .events()
                .collect(
                        project.project(),
                        List.of(Event.of("visit").with("user_agent", FIREFOX).with("browser", "mine")),
                        Origin.of("test", Instant.now()));

        assertThat(properties(project)).contains("browser=Firefox", "os=Linux").doesNotContain("mine");
        assertThat(project.query("{ deadLetters { nodes { code pointer } } warnings { property } }"))
                .isEqualTo(Map.of(
                        "deadLetters",
                                Map.of(
                                        "nodes",
                                        List.of(Map.of("code", "does_not_fit", "pointer", "/properties/browser"))),
                        "warnings", List.of(Map.of("property", "browser"))));
    }

    @Test
    void aTextThatIsNoUserAgentAddsNothing() {
        var project = engine().project();

        project.collect(Event.of("visit").with("user_agent", "(".repeat(100_000)));

        assertThat(properties(project)).doesNotContain("browser=", "os=", "device=");
    }

    private static String properties(TestProject project) {
        return project.query("{ events(collection: \"visit\") { nodes { properties } } }")
                .toString();
    }
}
