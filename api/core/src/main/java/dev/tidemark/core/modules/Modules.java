package dev.tidemark.core.modules;

import dev.tidemark.core.postgres.Migration;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.ModuleContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of one server. A module in the box that is at fault stops the start; a plugin at fault is left out, with the
 * reason, and nobody else notices.
 */
public final class Modules {

    private static final Logger LOG = LoggerFactory.getLogger(Modules.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,39}");

    private final List<LoadedModule> active = new ArrayList<>();
    private final List<PluginFailure> failures = new ArrayList<>();

    /**
     * Puts the modules in their order: the core's in the given order, then all others by name.
     *
     * @throws IllegalStateException when two modules in the box have one name, or one has a name that cannot be
     */
    public Modules(List<AnalyticsModule> core, ModuleLoader loader) {
        core.forEach(module -> add(LoadedModule.inTheBox(module)));
        loader.modules().stream()
                .sorted(Comparator.comparing(
                                (LoadedModule module) -> module.plugin().isPresent())
                        .thenComparing(LoadedModule::name))
                .forEach(this::add);
        active.subList(core.size(), active.size()).sort(Comparator.comparing(LoadedModule::name));
        loader.failures().forEach(failure -> leaveOut(failure.plugin(), failure.reason()));
    }

    public List<LoadedModule> active() {
        return List.copyOf(active);
    }

    public List<PluginFailure> failures() {
        return List.copyOf(failures);
    }

    /** Each module's migrations of each project. */
    public Migrations projectMigrations() {
        var byModule = new LinkedHashMap<String, List<Migration>>();
        active.forEach(module -> byModule.put(module.name(), module.resources().project()));
        var plugins = active.stream()
                .filter(module -> module.plugin().isPresent())
                .map(LoadedModule::name)
                .collect(Collectors.toSet());
        return new Migrations(byModule, plugins);
    }

    /** Runs the server's migrations of one module after the other. */
    public void migrate(ServerMigration migration) {
        for (var module : active()) {
            attempt(module, () -> {
                migration.run(
                        new Migrations(Map.of(module.name(), module.resources().server())));
                return true;
            });
        }
    }

    /** Asks each module what it adds. */
    public List<Contributed> contribute(Function<String, ModuleContext> context) {
        List<Contributed> contributed = new ArrayList<>();
        for (var module : active()) {
            attempt(module, () -> Contributed.by(module, context.apply(module.name())))
                    .ifPresent(contributed::add);
        }
        return contributed;
    }

    /** Goes on without a plugin. */
    public void leaveOut(String plugin, String reason) {
        LOG.error("Plugin {} is left out: {}", plugin, reason);
        failures.add(new PluginFailure(plugin, reason));
    }

    private void add(LoadedModule module) {
        var problem = problem(module);
        if (problem.isEmpty()) {
            active.add(module);
            return;
        }
        leaveOut(module.plugin().orElseThrow(() -> new IllegalStateException(problem.get())), problem.get());
    }

    private Optional<String> problem(LoadedModule module) {
        if (!NAME.matcher(module.name()).matches()) {
            return Optional.of("\"" + module.name() + "\" is no name of a module: use lower-case letters and digits.");
        }
        return active.stream()
                .filter(other -> other.name().equals(module.name()))
                .findFirst()
                .map(other -> "Two modules are named " + module.name() + ": "
                        + other.module().getClass().getName() + " and "
                        + module.module().getClass().getName() + ". Rename one.");
    }

    /** Whatever a plugin throws, an {@link Error} included, is its own affair. */
    private <T> Optional<T> attempt(LoadedModule module, Supplier<T> step) {
        if (module.plugin().isEmpty()) {
            return Optional.of(step.get());
        }
        try {
            return Optional.of(step.get());
        } catch (Exception | Error e) {
            active.remove(module);
            leaveOut(module.plugin().get(), String.valueOf(e));
            return Optional.empty();
        }
    }

    /** Runs migrations of the server's tables. */
    @FunctionalInterface
    public interface ServerMigration {
        void run(Migrations migrations);
    }
}
