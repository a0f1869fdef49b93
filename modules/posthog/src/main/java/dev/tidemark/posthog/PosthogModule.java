package dev.tidemark.posthog;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import java.util.Map;
import java.util.Optional;

/** Takes events as PostHog does: {@code POST /batch/} and its like. */
public final class PosthogModule implements AnalyticsModule {

    /** The batches of PostHog's own SDKs have up to 5 MiB, and what is around them. */
    private static final int REQUEST_BYTES = 6 << 20;

    private static final JsonObject NOTHING_AROUND = new JsonObject(Map.of());

    @Override
    public String name() {
        return "posthog";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var most = context.setting("request-bytes", REQUEST_BYTES, "The largest body of a request, after inflation.");
        var route = new PosthogRoute(context, most);
        return Contribution.builder()
                .route("/batch", route)
                .route("/capture", route)
                .route("/e", route)
                .route("/i/v0/e", route)
                .route("/i/v1/analytics/events", new EventsRoute(context, most))
                .reader(PosthogRoute.SOURCE, PosthogModule::event)
                .build();
    }

    private static Event event(JsonObject sent, Origin origin) {
        return new Captures(NOTHING_AROUND, Optional.empty(), origin.receivedAt(), KeyText.REMOVED).event(sent);
    }
}
