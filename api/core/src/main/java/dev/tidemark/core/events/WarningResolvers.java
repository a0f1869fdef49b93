package dev.tidemark.core.events;

import dev.tidemark.core.events.commit.WarningStore;
import dev.tidemark.core.schema.PageSize;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Databases;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;

/** GraphQL's view of what did not fit. */
final class WarningResolvers {

    private static final int MOST = 1_000;

    private final Databases databases;
    private final WarningStore store = new WarningStore();

    WarningResolvers(Databases databases) {
        this.databases = databases;
    }

    List<WarningStore.Total> warnings(DataFetchingEnvironment environment) {
        var first = PageSize.of(environment, MOST);
        return databases
                .of(Caller.of(environment).project())
                .transaction(connection -> store.latest(connection, first));
    }
}
