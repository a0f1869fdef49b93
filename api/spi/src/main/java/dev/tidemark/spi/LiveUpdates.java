package dev.tidemark.spi;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;

/** How a field of GraphQL's type {@code Live} is resolved: its value holds the update of each field, by the key of the result. */
final class LiveUpdates implements TrivialDataFetcher<Object> {

    static final LiveUpdates TOLD = new LiveUpdates();

    @Override
    public Object get(DataFetchingEnvironment environment) {
        Map<?, ?> updates = Objects.requireNonNull(environment.getSource());
        var key = environment.getExecutionStepInfo().getResultKey();
        return Objects.requireNonNull(updates.get(key));
    }
}
