package dev.tidemark.core.schema.assembly;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.NodeResolver;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code node}: anything by its id. What belongs to another project is not there.
 *
 * @param byType who finds the things of a type
 */
record NodeField(Map<String, NodeResolver> byType) implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        return GlobalId.parse(Objects.requireNonNull(environment.<String>getArgument("id")))
                .filter(id -> byType.containsKey(id.type()) && isWithin(caller, id))
                .flatMap(id -> Objects.requireNonNull(byType.get(id.type())).find(caller, id.local()))
                .orElse(null);
    }

    private static boolean isWithin(Caller caller, GlobalId id) {
        return id.project() == 0 ? caller.may(Scope.ADMIN) : caller.project().id() == id.project();
    }
}
