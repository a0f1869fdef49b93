package dev.tidemark.core;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.nodes.NodeDescription;
import dev.tidemark.spi.AnalyticsModule;
import io.helidon.metrics.api.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is started with.
 *
 * @param settings the operator's; those of the process itself have been read from it before
 * @param modules taken besides those that the class path declares
 * @param plugins the folder in which jars are dropped
 * @param secrets admin keys that are not in the database
 * @param node how this process shows itself to the others
 */
public record EngineOptions(
        PostgresAddress database,
        Settings settings,
        List<AnalyticsModule> modules,
        Optional<Path> plugins,
        AdminSecrets secrets,
        NodeDescription node,
        MeterRegistry metrics,
        Clock clock,
        SecureRandom random) {

    public EngineOptions {
        modules = List.copyOf(modules);
    }
}
