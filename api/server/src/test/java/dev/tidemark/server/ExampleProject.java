package dev.tidemark.server;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A project with a column of every type that is inferred, and names that collide with ours. */
final class ExampleProject {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private ExampleProject() {}

    static TestProject in(TestEngine engine) {
        var project = engine.project();
        project.collect(
                Event.of("Page View")
                        .at(NOON)
                        .by("u1")
                        .with("url", "/")
                        .with("duration", 1.5)
                        .with("id", 7L),
                Event.of("purchase")
                        .at(NOON)
                        .by("u1")
                        .with("Order Total", 100L)
                        .with("isGift", true)
                        .with("shipped_at", NOON)
                        .with("birthday", LocalDate.parse("2001-02-03"))
                        .with("tags", List.of("a", "b"))
                        .with("items", List.of(Map.of("sku", "x"))));
        return project;
    }
}
