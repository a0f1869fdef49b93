package dev.tidemark.segment;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.ModuleContext;
import java.util.Map;
import java.util.Optional;

/** Takes events as Segment does: {@code POST /v1/track} and its like. */
public final class SegmentModule implements AnalyticsModule {

    private static final JsonObject NOTHING_AROUND = new JsonObject(Map.of());

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .route("/v1", new SegmentRoute(context, SegmentLimits.read(context)))
                .reader(
                        SegmentRoute.SOURCE,
                        (sent, origin) ->
                                new Messages(Optional.empty(), NOTHING_AROUND, origin.receivedAt()).event(sent))
                .build();
    }
}
