package dev.tidemark.core.schema;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;

/** What belongs to one request while it is answered. */
record RequestScope(RequestThreads threads, RequestFaults faults) {

    static RequestScope of(DataFetchingEnvironment environment) {
        GraphQLContext context = environment.getGraphQlContext();
        return context.<RequestScope>getOrEmpty(RequestScope.class).orElseThrow();
    }
}
