package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.naming.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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
        check.batchLoaders();
    }

    private void resolvers() {
        Map<String, String> owners = new HashMap<>();
        for (var part : parts) {
            for (var name : part.contribution().resolvers().keySet()) {
                once(owners, part.module(), name, "a resolver for ");
                known(part.module(), name, "a resolver for ", types.fields().keySet(), "field of an object type");
            }
        }
        for (var field : types.fields().values()) {
            if (RootType.isOne(field.type()) && !owners.containsKey(field.name())) {
                problems.accept(new Problem(
                        field.module(),
                        field.name() + " has no resolver: contribute one, or take the field out of schema.graphqls."));
            }
        }
    }

    private void typeResolvers() {
        Map<String, String> owners = new HashMap<>(Map.of(SchemaAssembly.NODE, SchemaAssembly.BASE));
        for (var part : parts) {
            for (var name : part.contribution().typeResolvers().keySet()) {
                once(owners, part.module(), name, "a type resolver for ");
                known(part.module(), name, "a type resolver for ", types.abstractTypes(), "interface or union");
            }
        }
        for (var type : types.abstractTypes()) {
            if (!owners.containsKey(type)) {
                problems.accept(new Problem(
                        types.owner(type).orElse(SchemaAssembly.BASE),
                        type + " has no type resolver: contribute one that tells the object type of a value."));
            }
        }
    }

    private void nodes() {
        Map<String, String> owners = new HashMap<>();
        for (var part : parts) {
            for (var name : part.contribution().nodes().keySet()) {
                once(owners, part.module(), name, "a node resolver for ");
                known(part.module(), name, "a node resolver for ", types.nodes(), "type that implements Node");
            }
        }
        for (var type : types.nodes()) {
            if (!owners.containsKey(type)) {
                problems.accept(new Problem(
                        types.owner(type).orElse(SchemaAssembly.BASE),
                        type + " implements Node and has no node resolver: contribute one that finds it by its id."));
            }
        }
    }

    private void batchLoaders() {
        Map<String, String> owners = new HashMap<>();
        for (var part : parts) {
            part.contribution()
                    .batchLoaders()
                    .keySet()
                    .forEach(name -> once(owners, part.module(), name, "the batch loader "));
        }
    }

    private void once(Map<String, String> owners, String module, String name, String what) {
        var owner = owners.putIfAbsent(name, module);
        if (owner != null) {
            problems.accept(new Problem(
                    module, what + name + " is already contributed by module " + owner + ": remove one of the two."));
        }
    }

    private void known(String module, String name, String what, Collection<String> known, String kind) {
        if (!known.contains(name)) {
            problems.accept(new Problem(
                    module,
                    what + name + " is contributed, which is no " + kind + ": rename it, or add it to schema.graphqls."
                            + Nearest.hint(name, Set.copyOf(known))));
        }
    }
}
