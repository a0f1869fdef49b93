package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.spi.Contribution;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every root field has its resolver, and every resolver its field. graphql-java itself would notice neither. */
final class ResolverCheck {

    private final MergedTypes types;
    private final Collection<ParsedPart> parts;
    private final Consumer<Problem> problems;

    private ResolverCheck(MergedTypes types, Collection<ParsedPart> parts, Consumer<Problem> problems) {
        this.types = types;
        this.parts = parts;
        this.problems = problems;
    }

    static void run(MergedTypes types, Collection<ParsedPart> parts, Consumer<Problem> problems) {
        var check = new ResolverCheck(types, parts, problems);
        check.resolvers();
        check.typeResolvers();
        check.nodes();
    }

    private void resolvers() {
        var resolved = contributed(
                Contribution::resolvers, "a resolver for ", types.fields().keySet(), "field of an object type");
        for (var field : types.fields().values()) {
            if (RootType.isOne(field.type()) && !resolved.contains(field.name())) {
                problems.accept(new Problem(
                        field.module(),
                        field.name() + " has no resolver: contribute one, or take the field out of schema.graphqls."));
            }
        }
    }

    private void typeResolvers() {
        var resolved = contributed(
                Contribution::typeResolvers, "a type resolver for ", types.abstractTypes(), "interface or union");
        missing(
                types.abstractTypes(),
                resolved,
                " has no type resolver: contribute one that tells the object type of a value.");
    }

    private void nodes() {
        var resolved =
                contributed(Contribution::nodes, "a node resolver for ", types.nodes(), "type that implements Node");
        missing(
                types.nodes(),
                resolved,
                " implements Node and has no node resolver: contribute one that finds it by its id.");
    }

    /** All that modules contribute of a kind, each of which must be known. */
    private Set<String> contributed(
            Function<Contribution, Map<String, ?>> kind, String what, Collection<String> known, String name) {
        Set<String> all = new HashSet<>();
        for (var part : parts) {
            var names = kind.apply(part.contribution()).keySet();
            names.stream()
                    .filter(contributed -> !known.contains(contributed))
                    .map(contributed -> new Problem(
                            part.module(),
                            what + contributed + " is contributed, which is no " + name
                                    + ": rename it, or add it to schema.graphqls."
                                    + Nearest.hint(contributed, Set.copyOf(known))))
                    .forEach(problems);
            all.addAll(names);
        }
        return all;
    }

    private void missing(Collection<String> wanted, Set<String> resolved, String sentence) {
        wanted.stream()
                .filter(type -> !resolved.contains(type))
                .map(type -> new Problem(types.owner(type).orElse(SchemaAssembly.BASE), type + sentence))
                .forEach(problems);
    }
}
