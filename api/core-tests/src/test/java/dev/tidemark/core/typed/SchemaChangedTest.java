package dev.tidemark.core.typed;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(300)
@ExtendWith(PostgresExtension.class)
class SchemaChangedTest {

    private static final String ASK = """
            subscription { schemaChanged { isBreaking changes { kind type field isBreaking description } sdl } }
            """;

    @Test
    void whatTheSchemaGainsOrLosesIsToldAndWhetherItBreaksSomebody(PostgresAddress database)
            throws InterruptedException {
        try (var engine = TestEngine.start(database)) {
            var shop = engine.project();
            shop.collect(Event.of("visit").with("page", "/"));
            try (var changes = shop.subscribe(ASK, Map.of())) {
                shop.collect(Event.of("visit").with("country", "DE"));

                var gained = next(changes);
                assertThat(gained).containsEntry("isBreaking", false);
                assertThat(list(gained, "changes"))
                        .anySatisfy(change -> assertThat(change)
                                .containsEntry("kind", "ADDED")
                                .containsEntry("type", "VisitRow")
                                .containsEntry("field", "country"));
                assertThat(String.valueOf(gained.get("sdl")))
                        .contains("type VisitRow ", "  country: String", "input VisitFilter ")
                        .doesNotContain("type Freshness");

                shop.query("""
                        mutation {
                          changePropertyType(input: {collection: "visit", property: "page", type: LONG}) {
                            userErrors { message }
                          }
                        }
                        """);

                var lost = next(changes);
                assertThat(lost).containsEntry("isBreaking", true);
                assertThat(list(lost, "changes").getFirst()).containsEntry("isBreaking", true);
                assertThat(String.valueOf(lost.get("sdl"))).contains("  page: Long");
            }
        }
    }

    private static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> changes)
            throws InterruptedException {
        return object(changes.next().orElseThrow(), "data", "schemaChanged");
    }
}
