package dev.tidemark.core.modules;

import dev.tidemark.spi.AnalyticsModule;
import java.util.Objects;
import java.util.Optional;

/**
 * A module that was found, with its files.
 *
 * @param name as the module said when it was found
 * @param plugin the jar or folder it came from; empty for one in the box
 */
public record LoadedModule(AnalyticsModule module, String name, ModuleResources resources, Optional<String> plugin) {

    static LoadedModule inTheBox(AnalyticsModule module) {
        return of(module, Optional.empty());
    }

    static LoadedModule of(AnalyticsModule module, Optional<String> plugin) {
        var name = Objects.requireNonNull(module.name(), "It has a module without a name.");
        return new LoadedModule(module, name, ModuleResources.beside(module.getClass()), plugin);
    }
}
