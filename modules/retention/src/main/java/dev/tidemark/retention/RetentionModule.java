package dev.tidemark.retention;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Answers {@code retention}. */
public final class RetentionModule implements AnalyticsModule {

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var resolvers = new RetentionResolvers(context.questions());
        return Contribution.builder()
                .resolver("Query", "retention", resolvers::retention)
                .resolver("Retention", "explain", resolvers::explain)
                .resolver("Retention", "people", resolvers::people)
                .live("retention", resolvers::live)
                .build();
    }
}
