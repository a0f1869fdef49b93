package dev.tidemark.core.schema.assembly;

import dev.tidemark.spi.Contribution;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What only one module can have, only one has: the resolver of a field, the prefix of a route, the mark of tokens. */
final class ClaimCheck {

    private final Consumer<Problem> problems;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, String> routes = new TreeMap<>();

    private ClaimCheck(Consumer<Problem> problems) {
        this.problems = problems;
    }

    static void run(Collection<ParsedPart> parts, Consumer<Problem> problems) {
        var check = new ClaimCheck(problems);
        for (var part : parts) {
            names(part.contribution()).forEach(name -> check.claim(part.module(), name));
            part.contribution().routes().keySet().forEach(prefix -> check.claimRoute(part.module(), prefix));
        }
    }

    private static Stream<String> names(Contribution contribution) {
        return Stream.of(
                        each("a resolver for %s", contribution.resolvers().keySet()),
                        each(
                                "a type resolver for %s",
                                contribution.typeResolvers().keySet()),
                        each("a node resolver for %s", contribution.nodes().keySet()),
                        each("the batch loader %s", contribution.batchLoaders().keySet()),
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

    private void claim(String module, String name) {
        var owner = owners.putIfAbsent(name, module);
        if (owner != null) {
            problems.accept(new Problem(
                    module,
                    "Only one module can have " + name + ", and " + owner + " has it already: remove one of the two."));
        }
    }

    private void claimRoute(String module, String prefix) {
        if (!prefix.matches("/[A-Za-z0-9._/-]*[A-Za-z0-9._-]")) {
            problems.accept(new Problem(module, "The route \"" + prefix + "\" is no path: write one like /v1."));
        }
        routes.forEach((taken, owner) -> {
            if (isBelow(prefix, taken) || isBelow(taken, prefix)) {
                problems.accept(new Problem(
                        module,
                        "The route " + prefix + " meets " + taken + " of module " + owner
                                + ": choose another prefix."));
            }
        });
        routes.put(prefix, module);
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
