package dev.tidemark.exports;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;

/** Gives events and answers as files: {@code /export}. */
public final class ExportsModule implements AnalyticsModule {

    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "exports";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var atOnce = context.setting(
                "at-once", AT_ONCE, "Exports that run at the same time on a node; each holds a database connection.");
        var patience = context.setting(
                "patience", PATIENCE, "After what time an export ends whose client takes nothing of it any more.");
        return Contribution.builder()
                .route("/export", new ExportRoute(context, atOnce, patience))
                .build();
    }
}
