package dev.tidemark.spi;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dataloader.BatchLoaderEnvironment;

/**
 * Who asks: the key or the token that came with a request, and the project that the request is about.
 *
 * @param key the key's id, fit for logs: never the secret
 * @param scopes what the key may do
 * @param limits how much may be sent with the key
 * @param selected the key's own project, or the one that an admin key names in the header {@code Tidemark-Project}
 * @param customer for whom a token stands, whose scope is {@code CUSTOMER} alone; empty: a key
 */
public record Caller(
        String key, Set<Scope> scopes, KeyLimits limits, Optional<Project> selected, Optional<String> customer) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** One whose key has no limits. */
    public Caller(String key, Set<Scope> scopes, Optional<Project> selected) {
        this(key, scopes, KeyLimits.NONE, selected, Optional.empty());
    }

    /** One who holds a token of a customer, and may do nothing but what is that customer's. */
    public static Caller ofCustomer(String key, KeyLimits limits, Project project, String customer) {
        return new Caller(key, Set.of(Scope.CUSTOMER), limits, Optional.of(project), Optional.of(customer));
    }

    /** The caller of a GraphQL field. */
    public static Caller of(DataFetchingEnvironment environment) {
        return of(environment.getGraphQlContext());
    }

    /** The caller on whose behalf a batch is loaded. */
    public static Caller of(BatchLoaderEnvironment environment) {
        return of(Objects.requireNonNull(environment.<GraphQLContext>getContext()));
    }

    private static Caller of(GraphQLContext context) {
        return context.getOrEmpty(Caller.class).map(Caller.class::cast).orElseThrow();
    }

    /**
     * The project that the request is about.
     *
     * @throws CallerException when an admin key names none
     */
    public Project project() {
        return selected.orElseThrow(() -> new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "An admin key belongs to no project: name one in the header Tidemark-Project."));
    }

    /** Among whose requests memory and connections are shared: those of a key, or of a customer with tokens of that key. */
    public String holder() {
        return key + customer.orElse("");
    }

    public boolean may(Scope needed) {
        return scopes.stream().anyMatch(scope -> scope.grants(needed));
    }

    /**
     * Refuses a caller whose key may not do something.
     *
     * @throws CallerException {@code FORBIDDEN}, naming the scope
     */
    public void require(Scope needed) {
        if (!may(needed)) {
            throw new CallerException(ErrorCode.FORBIDDEN, "This needs a key with the scope " + needed + ".");
        }
    }
}
