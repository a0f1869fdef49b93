package dev.tidemark.core.modules;

import dev.tidemark.spi.AnalyticsModule;
import java.util.Optional;

/**
 * A module that was found, with its files.
 *
 * @param plugin the jar or folder it came from; empty for one in the box
 */
public record LoadedModule(AnalyticsModule module, ModuleResources resources, Optional<String> plugin) {

    public String name() {
        return module.name();
    }

    static LoadedModule inTheBox(AnalyticsModule module) {
        return new LoadedModule(module, ModuleResources.beside(module.getClass()), Optional.empty());
    }
}
