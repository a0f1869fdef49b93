package dev.tidemark.core.modules;

import dev.tidemark.spi.AddedProperty;
import java.util.List;
import java.util.Optional;

/**
 * What became of a module at the start.
 *
 * @param name the module's; for a plugin that was left out, that of its jar or folder
 * @param plugin where it came from; empty for one in the box
 * @param failure why it was left out
 * @param adds what it adds, in a few words
 * @param properties that it adds to events
 */
public record ModuleStatus(
        String name, Optional<String> plugin, Optional<String> failure, String adds, List<AddedProperty> properties) {

    public boolean isActive() {
        return failure.isEmpty();
    }
}
