package dev.tidemark.exports;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Gives events and answers as files: {@code /export}. */
public final class ExportsModule implements AnalyticsModule {

    private static final int AT_ONCE = 4;

    @Override
    public String name() {
        return "exports";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var atOnce = context.setting(
                "at-once", AT_ONCE, "Exports that run at the same time on a node; each holds a database connection.");
        return Contribution.builder()
                .route("/export", new ExportRoute(context, atOnce))
                .build();
    }
}
