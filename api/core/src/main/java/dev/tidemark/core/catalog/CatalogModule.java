package dev.tidemark.core.catalog;

import dev.tidemark.core.catalog.changes.ChangeJob;
import dev.tidemark.core.catalog.changes.WaitingJob;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.PropertyListener;
import dev.tidemark.spi.Relation;
import graphql.TrivialDataFetcher;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What collections are like: their tables in each project, and the ways to declare and to change them. */
public final class CatalogModule implements AnalyticsModule {

    private final Catalogs catalogs;
    private final Supplier<List<PropertyListener>> listeners;

    /** @param listeners who hears of changed values, known once all have contributed */
    public CatalogModule(Catalogs catalogs, Supplier<List<PropertyListener>> listeners) {
        this.catalogs = catalogs;
        this.listeners = listeners;
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var resolvers = new CatalogResolvers(catalogs, context.databases(), context.audit(), context.clock());
        return Contribution.builder()
                .resolver("Mutation", "declareCollection", resolvers::declareCollection)
                .resolver("Mutation", "renameProperty", resolvers::renameProperty)
                .resolver("Mutation", "deprecateProperty", resolvers::deprecateProperty)
                .resolver("Mutation", "setPartitions", resolvers::setPartitions)
                .resolver("Mutation", "setKeep", resolvers::setKeep)
                .resolver("Mutation", "changePropertyType", resolvers::changePropertyType)
                .resolver("Mutation", "setIndex", resolvers::setIndex)
                .resolver("Query", "propertyChanges", resolvers::propertyChanges)
                .resolver(
                        "Collection",
                        "description",
                        collection(columns -> columns.collection().description()))
                .resolver(
                        "Collection",
                        "mode",
                        collection(columns -> columns.terms().isStrict() ? "STRICT" : "OPEN"))
                .resolver(
                        "Collection",
                        "partitions",
                        collection(columns -> columns.terms().partitions()))
                .resolver(
                        "Collection",
                        "keep",
                        collection(columns -> columns.terms().keep()))
                .resolver("Column", "description", column(Declaration::description))
                .resolver("Column", "isDeclared", column(Declaration::isDeclared))
                .resolver("Column", "isRequired", column(Declaration::isRequired))
                .resolver("Column", "values", column(Declaration::values))
                .resolver("Column", "isDeprecated", column(Declaration::isDeprecated))
                .resolver("Column", "deprecationReason", column(Declaration::deprecation))
                .resolver("Column", "isIndexed", column(Declaration::isIndexed))
                .job(new ChangeJob(catalogs, context.databases(), listeners, context.clock()))
                .job(new WaitingJob(catalogs, context.clock()))
                .job(new PartitionJob(context.projects(), context.activeProjects(), catalogs))
                .build();
    }

    private static TrivialDataFetcher<Object> collection(Function<Columns, Object> value) {
        return environment -> value.apply(Objects.requireNonNull(environment.<Columns>getSource()));
    }

    private static TrivialDataFetcher<Object> column(Function<Declaration, Object> value) {
        return environment -> value.apply(
                Objects.requireNonNull(environment.<Relation.Column>getSource()).declaration());
    }
}
