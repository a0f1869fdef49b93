package dev.tidemark.segment;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Takes events as Segment does: {@code POST /v1/track} and its like. */
public final class SegmentModule implements AnalyticsModule {

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .route("/v1", new SegmentRoute(context, SegmentLimits.read(context)))
                .build();
    }
}
