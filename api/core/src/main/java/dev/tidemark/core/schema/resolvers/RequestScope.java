package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.schema.faults.RequestFaults;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;

/** What belongs to one request while it is answered. */
public record RequestScope(RequestThreads threads, RequestFaults faults) {

    static RequestScope of(DataFetchingEnvironment environment) {
        GraphQLContext context = environment.getGraphQlContext();
        return context.<RequestScope>getOrEmpty(RequestScope.class).orElseThrow();
    }
}
