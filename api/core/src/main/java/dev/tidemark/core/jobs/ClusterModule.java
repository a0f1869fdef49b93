package dev.tidemark.core.jobs;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Shows who leads, what recurs, and which modules take part. */
public final class ClusterModule implements AnalyticsModule {

    private final ClusterResolvers resolvers;

    public ClusterModule(ClusterResolvers resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .resolver("Query", "cluster", resolvers::cluster)
                .resolver("Query", "modules", resolvers::modules)
                .build();
    }
}
