package dev.tidemark.core;

import dev.tidemark.core.modules.Contributed;
import dev.tidemark.spi.Contribution;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one module alone can have: prefixes of routes, marks of tokens, names. */
final class Claims {

    private final Map<String, String> routes = new TreeMap<>();
    private final Map<String, String> others = new TreeMap<>();

    /** Notes all that a module claims, or says why it cannot have it. */
    Optional<String> add(Contributed module) {
        var prefixes = module.contribution().routes().keySet();
        var names = names(module.contribution()).toList();
        var problem = Stream.concat(
                        prefixes.stream().flatMap(prefix -> routeProblem(prefix).stream()),
                        names.stream().flatMap(name -> problem(name).stream()))
                .findFirst();
        if (problem.isEmpty()) {
            prefixes.forEach(prefix -> routes.put(prefix, module.name()));
            names.forEach(name -> others.put(name, module.name()));
        }
        return problem;
    }

    private static Stream<String> names(Contribution contribution) {
        return Stream.of(
                        each("tokens that begin with %s_", contribution.tokens().keySet()),
                        each(
                                "events of the source \"%s\"",
                                contribution.readers().keySet()),
                        each("Live.%s", contribution.live().keySet()),
                        each(
                                "records of people named \"%s\"",
                                contribution.personRecords().keySet()),
                        contribution.eventFeeds().map(feeds -> "the feeds of events").stream(),
                        contribution.personMapping().map(mapping -> "who is who").stream(),
                        contribution.personProperties().map(name -> "what is known of people").stream())
                .flatMap(names -> names);
    }

    private static Stream<String> each(String kind, Set<String> names) {
        return names.stream().map(kind::formatted);
    }

    private Optional<String> problem(String name) {
        return Optional.ofNullable(others.get(name))
                .map(owner -> "Only one module can have " + name + ", and " + owner
                        + " has it already: remove one of the two.");
    }

    private Optional<String> routeProblem(String prefix) {
        if (!prefix.matches("/[A-Za-z0-9._/-]*[A-Za-z0-9._-]")) {
            return Optional.of("The route \"" + prefix + "\" is no path: write one like /v1.");
        }
        return routes.entrySet().stream()
                .filter(taken -> isBelow(prefix, taken.getKey()) || isBelow(taken.getKey(), prefix))
                .findFirst()
                .map(taken -> "The route " + prefix + " meets " + taken.getKey() + " of module " + taken.getValue()
                        + ": choose another prefix.");
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
