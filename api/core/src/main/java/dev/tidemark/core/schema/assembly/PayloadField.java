package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.resolvers.RefusedPayload;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of a mutation's payload: of a refused one only the reasons, of any other the reasons are none if not given. */
record PayloadField(DataFetcher<?> resolver, String name) implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        var isErrors = name.equals(MutationCheck.USER_ERRORS);
        if (environment.getSource() instanceof RefusedPayload refused) {
            return isErrors ? refused.userErrors() : null;
        }
        Object value = resolver.get(environment);
        return value == null && isErrors ? List.of() : value;
    }
}
