package dev.tidemark.funnels;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Answers {@code funnel}. */
public final class FunnelsModule implements AnalyticsModule {

    @Override
    public String name() {
        return "funnels";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var resolvers = new FunnelResolvers(context.questions());
        return Contribution.builder()
                .resolver("Query", "funnel", resolvers::funnel)
                .resolver("Funnel", "explain", resolvers::explain)
                .resolver("Funnel", "people", resolvers::people)
                .live("funnel", resolvers::live)
                .build();
    }
}
