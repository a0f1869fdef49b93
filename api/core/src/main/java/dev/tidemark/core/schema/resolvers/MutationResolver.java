package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.schema.faults.RequestFaults;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Answers a refused input in the payload, where clients look for what their users can mend. */
public record MutationResolver(ThreadedResolver resolver) implements DataFetcher<CompletableFuture<@Nullable Object>> {

    @Override
    public CompletableFuture<@Nullable Object> get(DataFetchingEnvironment environment) {
        return resolver.get(environment).exceptionally(MutationResolver::refused);
    }

    private static Object refused(Throwable thrown) {
        return RefusedPayload.of(thrown).orElseThrow(() -> new CompletionException(RequestFaults.cause(thrown)));
    }
}
