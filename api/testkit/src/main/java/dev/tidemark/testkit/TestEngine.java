package dev.tidemark.testkit;

import dev.tidemark.core.Engine;
import dev.tidemark.core.EngineOptions;
import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.keys.Secret;
import dev.tidemark.core.projects.nodes.NodeDescription;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Caller;
import io.helidon.metrics.api.Metrics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine on a test's own database, without the process around it. */
public final class TestEngine implements AutoCloseable {

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final Engine engine;
    private final Caller administrator;

    private TestEngine(Engine engine, Caller administrator) {
        this.engine = engine;
        this.administrator = administrator;
    }

    /** Starts an engine with the modules on the class path and these. */
    public static TestEngine start(PostgresAddress database, AnalyticsModule... modules) {
        return start(database, Map.of(), Optional.empty(), modules);
    }

    /** Starts one with the modules on the class path and these, whose node has a clock of its own. */
    public static TestEngine start(PostgresAddress database, Clock clock, AnalyticsModule... modules) {
        return start(database, Map.of(), Optional.empty(), clock, modules);
    }

    /**
     * Starts an engine.
     *
     * @param settings as in {@code tidemark.yaml}, by key
     * @param plugins the folder in which jars are dropped
     */
    public static TestEngine start(
            PostgresAddress database,
            Map<String, String> settings,
            Optional<Path> plugins,
            AnalyticsModule... modules) {
        return start(database, settings, plugins, Clock.systemUTC(), modules);
    }

    /** The same, on a node that has a clock of its own. */
    public static TestEngine start(
            PostgresAddress database,
            Map<String, String> settings,
            Optional<Path> plugins,
            Clock clock,
            AnalyticsModule... modules) {
        var random = new SecureRandom();
        var secret = Secret.random(random);
        var engine = Engine.start(new EngineOptions(
                database,
                new Settings(settings, Map.of()),
                List.of(modules),
                plugins,
                new AdminSecrets(Optional.empty(), Optional.of(secret)),
                new NodeDescription("test", "test"),
                Metrics.createMeterRegistry(),
                clock,
                random));
        return new TestEngine(engine, engine.callers().withKey(secret.text(), Optional.empty()));
    }

    public Engine engine() {
        return engine;
    }

    /** Who may do everything, and belongs to no project. */
    public Caller administrator() {
        return administrator;
    }

    /** A new project. */
    public TestProject project() {
        return project("project_" + PROJECTS.incrementAndGet());
    }

    /** A new project of that name. */
    public TestProject project(String slug) {
        return TestProject.create(engine, administrator, slug);
    }

    @Override
    public void close() {
        engine.close();
    }
}
