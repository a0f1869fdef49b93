package dev.tidemark.core;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Questions;
import io.helidon.metrics.api.MeterRegistry;
import java.time.Clock;

/** What one module is lent. */
record EngineContext(
        String module,
        Settings settings,
        Databases databases,
        Projects projects,
        Events events,
        Questions questions,
        Callers callers,
        JsonReader json,
        Clock clock,
        MeterRegistry metrics)
        implements ModuleContext {

    @Override
    public <T> T setting(String name, T byDefault, String description) {
        return settings.read(module + "." + name, byDefault, description);
    }

    EngineContext of(String otherModule) {
        return new EngineContext(
                otherModule, settings, databases, projects, events, questions, callers, json, clock, metrics);
    }
}
