package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.resolvers.FailedField;
import dev.tidemark.core.schema.resolvers.GuardedResolver;
import dev.tidemark.spi.Contribution;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.MappedBatchLoaderWithContext;

/** A schema that can answer. */
public final class ExecutableSchema {

    private final GraphQLSchema schema;
    private final GraphQL graphql;
    private final Object identity = new Object();
    private final Map<String, Integer> costs;
    private final Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders;

    private ExecutableSchema(
            GraphQLSchema schema,
            Map<String, Integer> costs,
            Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders) {
        this.schema = schema;
        this.costs = costs;
        this.batchLoaders = Map.copyOf(batchLoaders);
        this.graphql = GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(new FailedField())
                .preparsedDocumentProvider((input, parse) ->
                        CompletableFuture.completedFuture(new PreparsedDocumentEntry(input.getGraphQLContext()
                                .<Document>getOrEmpty(Document.class)
                                .orElseThrow())))
                .doNotAutomaticallyDispatchDataLoader()
                .build();
    }

    static ExecutableSchema of(
            GraphQLSchema schema, Map<String, Integer> costs, Collection<Contribution> contributions) {
        Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders = new HashMap<>();
        contributions.forEach(contribution -> batchLoaders.putAll(contribution.batchLoaders()));
        return new ExecutableSchema(schema, costs, batchLoaders);
    }

    /** This schema and what one project adds to it. Types that several additions share must be the same objects. */
    public ExecutableSchema with(SchemaAddition added) {
        var code = GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry());
        added.fields().forEach((place, field) -> code.dataFetcher(place, fetcher(place, field)));
        var query = schema.getQueryType().transform(type -> type.field(added.query()));
        var subscription = Objects.requireNonNull(schema.getSubscriptionType(), "there are the engine's own")
                .transform(type -> added.subscription().ifPresent(type::field));
        var extended = new GraphQLSchema.FastBuilder(code, query, schema.getMutationType(), subscription)
                .addTypes(schema.getAllTypesAsList().stream()
                        .filter(type -> !type.getName().equals(query.getName())
                                && !type.getName().equals(subscription.getName()))
                        .toList())
                .additionalDirectives(schema.getDirectives())
                .addTypes(added.types())
                .build();
        var allCosts = new HashMap<>(costs);
        added.fields()
                .forEach(
                        (place, field) -> allCosts.put(place.getTypeName() + "." + place.getFieldName(), field.cost()));
        return new ExecutableSchema(extended, allCosts, batchLoaders);
    }

    private static DataFetcher<?> fetcher(FieldCoordinates place, SchemaAddition.Resolved field) {
        var fetcher = Wiring.fetcher(place.getTypeName(), field.resolver());
        return field.scope()
                .<DataFetcher<?>>map(scope -> new GuardedResolver(scope, fetcher))
                .orElse(fetcher);
    }

    /** What tells this schema from all others, however alike: it may be remembered longer than the schema itself. */
    public Object identity() {
        return identity;
    }

    public GraphQLSchema schema() {
        return schema;
    }

    public GraphQL graphql() {
        return graphql;
    }

    /** What answering a field once costs. */
    public int cost(String type, String field) {
        return costs.getOrDefault(type + "." + field, 0);
    }

    public Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders() {
        return batchLoaders;
    }
}
