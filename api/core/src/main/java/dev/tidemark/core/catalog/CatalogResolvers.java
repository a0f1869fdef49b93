package dev.tidemark.core.catalog;

import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.util.function.Function;

/** GraphQL's way to say what collections should be like. */
final class CatalogResolvers {

    private final Catalogs catalogs;

    CatalogResolvers(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    Changed declareCollection(DataFetchingEnvironment environment) {
        return new Changed(catalogs.declare(Caller.of(environment).project(), Input.of(environment)));
    }

    Changed renameProperty(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::rename);
    }

    Changed deprecateProperty(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::deprecate);
    }

    Changed setPartitions(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::partition);
    }

    Changed setKeep(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::keep);
    }

    private Changed amend(DataFetchingEnvironment environment, Function<Input, Amendment> amendment) {
        var input = Input.of(environment);
        return new Changed(
                catalogs.amend(Caller.of(environment).project(), input.text("collection"), amendment.apply(input)));
    }

    record Changed(Columns collection) {}
}
