package dev.tidemark.beacon;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Takes events from pages: {@code GET /pixel.gif} and {@code POST /beacon}. */
public final class BeaconModule implements AnalyticsModule {

    private static final int REQUEST_BYTES = 1 << 20;

    @Override
    public String name() {
        return "beacon";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var largest = context.setting("request-bytes", REQUEST_BYTES, "The largest body of a beacon.");
        var origins = new KnownOrigins(new BeaconStore(context.databases()), System::nanoTime);
        var resolvers = new BeaconResolvers(origins);
        return Contribution.builder()
                .route("/pixel.gif", new PixelRoute(context))
                .route("/beacon", new BeaconRoute(context, origins, largest))
                .resolver("Query", "allowedOrigins", resolvers::allowedOrigins)
                .resolver("Mutation", "setAllowedOrigins", resolvers::setAllowedOrigins)
                .build();
    }
}
