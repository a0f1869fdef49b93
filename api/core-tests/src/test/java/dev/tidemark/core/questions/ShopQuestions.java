package dev.tidemark.core.questions;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A project with page views and a purchase, and how it is asked. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShopQuestions {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @AutoClose
    TestEngine engine;

    TestProject shop;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address);
        shop = engine.project();
        shop.collect(Event.of("Purchase")
                .at(NOON.plusSeconds(60))
                .by("u1")
                .with("country", "US")
                .with("Order Total", "much"));
        for (int i = 0; i < 10; i++) {
            shop.collect(Event.of("Page View")
                    .at(NOON.plusSeconds(3600L * i))
                    .by("u" + i % 3)
                    .with("country", i % 2 == 0 ? "DE" : "US")
                    .with("Order Total", i * 10L)
                    .with("time", "noon")
                    .with("tags", List.of("t" + i % 2, "all")));
        }
    }

    List<Map<String, @Nullable Object>> rows(String arguments) {
        var query =
                "{ aggregate(collection: \"page_view\", " + arguments + ") { rows { bucket group measures isRest } } }";
        return list(object(shop.query(query), "aggregate"), "rows");
    }

    String error(String field) {
        var error = list(shop.answer("{ " + field + " }", Map.of()), "errors").getFirst();
        var extensions = object(error, "extensions");
        var path = ((List<?>) Objects.requireNonNull(extensions.get("argumentPath")))
                .stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("."));
        return extensions.get("code") + " " + path + ": " + error.get("message");
    }
}
