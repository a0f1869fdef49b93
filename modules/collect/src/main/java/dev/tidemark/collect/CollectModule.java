package dev.tidemark.collect;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Takes events over HTTP: {@code POST /collect}. */
public final class CollectModule implements AnalyticsModule {

    private static final int MEGABYTES = 16;

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var megabytes =
                context.setting("body-megabytes", MEGABYTES, "Megabytes that the body of one request may have.");
        return Contribution.builder()
                .route("/collect", new CollectRoute(context, megabytes << 20))
                .build();
    }
}
