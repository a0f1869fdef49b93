package dev.tidemark.imports;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Takes events from files: {@code POST /import}. */
public final class ImportsModule implements AnalyticsModule {

    static final int BATCH_ROWS = 10_000;

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var batchRows = context.setting("batch-rows", BATCH_ROWS, "Rows of a file that are committed together.");
        return Contribution.builder()
                .route("/import", new ImportRoute(context, batchRows))
                .resolver("Query", "imports", new ImportResolvers(context.databases())::imports)
                .build();
    }
}
