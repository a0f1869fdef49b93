package dev.tidemark.core.schema;

import dev.tidemark.spi.Contribution;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.MappedBatchLoaderWithContext;

/** A schema that can answer. Each is another one to the cache of documents, however alike they are. */
public final class ExecutableSchema {

    private final GraphQLSchema schema;
    private final GraphQL graphql;
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

    public GraphQLSchema schema() {
        return schema;
    }

    GraphQL graphql() {
        return graphql;
    }

    /** What answering a field once costs. */
    int cost(String type, String field) {
        return costs.getOrDefault(type + "." + field, 0);
    }

    Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders() {
        return batchLoaders;
    }
}
