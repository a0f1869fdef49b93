package dev.tidemark.core.schema.resolvers;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Refuses a caller without the scope before anything else runs. */
public record GuardedResolver(Scope scope, DataFetcher<?> resolver) implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Caller.of(environment).require(scope);
        return resolver.get(environment);
    }
}
