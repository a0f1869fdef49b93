package dev.tidemark.core.schema.assembly;

import static java.util.stream.Collectors.joining;

import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.NodeResolver;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.errors.SchemaProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Merges the base and all parts into one schema, or says all that is wrong with them. */
public final class SchemaAssembly {

    static final String BASE = "core";

    /** For the engine's own interfaces: an object type is named as the Java class of its values. */
    private static final TypeResolver BY_CLASS = env -> env.getSchema()
            .getObjectType(
                    Objects.requireNonNull(env.<Object>getObject()).getClass().getSimpleName());

    private final List<ParsedPart> parts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private SchemaAssembly(List<SchemaPart> added) {
        parts.add(ParsedPart.of(base(added), problems::add));
        added.forEach(part -> parts.add(ParsedPart.of(part, problems::add)));
    }

    /**
     * @param schema the schema of all parts that were taken
     * @param leftOut what is wrong with each plugin that was not, by its name
     */
    public record Assembled(ExecutableSchema schema, Map<String, List<Problem>> leftOut) {}

    /**
     * Assembles what is in the box with as many plugins as fit. A plugin may extend the types of another, wherever it
     * stands in the list.
     *
     * @throws IllegalStateException with every problem, one a line, when what is in the box does not fit together
     */
    public static Assembled assemble(List<SchemaPart> inTheBox, List<SchemaPart> plugins) {
        var taken = new ArrayList<>(inTheBox);
        var schema = build(taken).orThrow();
        var pending = new ArrayList<>(plugins);
        Map<String, List<Problem>> leftOut = new LinkedHashMap<>();
        for (var progress = true; progress; ) {
            progress = false;
            leftOut.clear();
            for (var plugin : List.copyOf(pending)) {
                var attempt = build(with(taken, plugin));
                if (attempt.schema().isPresent()) {
                    schema = attempt.schema().get();
                    taken.add(plugin);
                    pending.remove(plugin);
                    progress = true;
                } else {
                    leftOut.put(plugin.module(), attempt.problems());
                }
            }
        }
        return new Assembled(schema, leftOut);
    }

    /** The outcome of putting some parts together: a schema, or problems. */
    private record Attempt(Optional<ExecutableSchema> schema, List<Problem> problems) {

        ExecutableSchema orThrow() {
            return schema.orElseThrow(() -> new IllegalStateException(
                    problems.stream().map(Problem::toString).collect(joining("\n"))));
        }
    }

    private static Attempt build(List<SchemaPart> parts) {
        var assembly = new SchemaAssembly(parts);
        var schema = assembly.build();
        return new Attempt(schema, List.copyOf(assembly.problems));
    }

    private Optional<ExecutableSchema> build() {
        var types = new MergedTypes(parts, problems::add);
        for (var part : parts) {
            NameCheck.run(part, problems::add);
            DescriptionCheck.run(part, problems::add);
        }
        ClaimCheck.run(parts, problems::add);
        ResolverCheck.run(types, parts, problems::add);
        MutationCheck.run(types, problems::add);
        return problems.isEmpty() ? generate(types) : Optional.empty();
    }

    private Optional<ExecutableSchema> generate(MergedTypes types) {
        types.leaveOutEmptyRoots();
        try {
            GraphQLSchema schema =
                    new SchemaGenerator().makeExecutableSchema(types.registry(), Wiring.of(types, parts));
            return Optional.of(ExecutableSchema.of(schema, FieldCosts.of(types, parts), contributions()));
        } catch (SchemaProblem e) {
            e.getErrors().forEach(error -> problems.add(new Problem(source(error), error.getMessage())));
        } catch (GraphQLException e) { // tells no place: it is the part that was added last
            problems.add(new Problem(parts.getLast().module(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private List<Contribution> contributions() {
        return parts.stream().map(ParsedPart::contribution).toList();
    }

    private static String source(GraphQLError error) {
        return Objects.requireNonNullElse(error.getLocations(), List.<SourceLocation>of()).stream()
                .map(SourceLocation::getSourceName)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(BASE);
    }

    private static List<SchemaPart> with(List<SchemaPart> taken, SchemaPart plugin) {
        var all = new ArrayList<>(taken);
        all.add(plugin);
        return all;
    }

    private static SchemaPart base(List<SchemaPart> others) {
        Map<String, NodeResolver> nodes = new HashMap<>();
        others.forEach(part -> nodes.putAll(part.contribution().nodes()));
        try (InputStream text = Objects.requireNonNull(SchemaAssembly.class.getResourceAsStream("base.graphqls"))) {
            return new SchemaPart(
                    BASE,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8),
                    Contribution.builder()
                            .resolver(RootType.QUERY, "node", new NodeField(nodes))
                            .typeResolver("Node", BY_CLASS)
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
