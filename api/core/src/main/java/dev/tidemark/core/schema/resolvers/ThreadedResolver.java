package dev.tidemark.core.schema.resolvers;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs a contributed resolver on a thread of its own, so that it may block while others go on. */
public record ThreadedResolver(DataFetcher<?> resolver) implements DataFetcher<CompletableFuture<@Nullable Object>> {

    @Override
    public CompletableFuture<@Nullable Object> get(DataFetchingEnvironment environment) {
        return RequestScope.of(environment).threads().call(() -> resolver.get(environment));
    }
}
