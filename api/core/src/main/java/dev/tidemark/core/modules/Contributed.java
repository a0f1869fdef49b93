package dev.tidemark.core.modules;

import dev.tidemark.spi.Contribution;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module, and what it adds. */
public record Contributed(LoadedModule module, Contribution contribution) {

    public String name() {
        return module.name();
    }

    public ModuleStatus status() {
        return new ModuleStatus(name(), module.plugin(), Optional.empty(), adds(), contribution.properties());
    }

    /** In a few words: {@code 3 fields, 1 job, /collect}. */
    String adds() {
        var counted = Stream.of(
                        Map.entry("field", contribution.resolvers().size()),
                        Map.entry("column", contribution.properties().size()),
                        Map.entry("mapper", contribution.mappers().size()),
                        Map.entry("validator", contribution.validators().size()),
                        Map.entry("listener", contribution.listeners().size()),
                        Map.entry("relation", contribution.relations().size()),
                        Map.entry("rewriter", contribution.rewriters().size()),
                        Map.entry("job", contribution.jobs().size()))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey() + (entry.getValue() == 1 ? "" : "s"));
        return Stream.concat(counted, contribution.routes().keySet().stream()).collect(Collectors.joining(", "));
    }
}
