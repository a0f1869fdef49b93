package dev.tidemark.core.modules;

import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.ModuleContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module, and what it adds.
 *
 * @param jobs by their names
 */
public record Contributed(LoadedModule module, Contribution contribution, Map<String, Job> jobs) {

    /** Asks the module all that the start has to know of it, so that it can still be left out. */
    static Contributed by(LoadedModule module, ModuleContext context) {
        var contribution = module.module().contribute(context);
        Map<String, Job> jobs = new LinkedHashMap<>();
        for (var job : contribution.jobs()) {
            var name = Objects.requireNonNull(job.name(), "It has a job without a name.");
            if (jobs.put(name, job) != null) {
                throw new IllegalStateException("Two of its jobs are named " + name + ".");
            }
        }
        return new Contributed(module, contribution, Collections.unmodifiableMap(jobs));
    }

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
