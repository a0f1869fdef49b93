package dev.tidemark.referrer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferrerModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "referrer";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(Event.of("visit")
                .by(text)
                .with("referrer", "https://news.example/a")
                .with("page", text));
    }

    @Test
    void whereVisitorsComeFromIsAColumn() {
        var project = engine().project();

        project.collect(Event.of("visit")
                .with(
                        "context",
                        Map.of(
                                "page",
                                Map.of(
                                        "url",
                                        "https://shop.example/?utm_source=news&utm_campaign=black%20friday#top",
                                        "referrer",
                                        "https://www.News.example/today"))));

        assertThat(project.query("{ events(collection: \"visit\") { nodes { properties } } }")
                        .toString())
                .contains("referrer_host=news.example", "utm_source=news", "utm_campaign=black friday");
    }

    @Test
    void theOwnHostIsNoReferrer() {
        var project = engine().project();

        project.collect(
                Event.of("visit").with("url", "https://shop.example/b").with("referrer", "https://www.shop.example/a"));

        assertThat(project.query("{ events(collection: \"visit\") { nodes { properties } } }")
                        .toString())
                .doesNotContain("referrer_host");
    }
}
