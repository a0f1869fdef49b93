package dev.tidemark.eventstream;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Answers the subscriptions {@code events} and {@code replay}, and tells the engine of events for its typed {@code data}. */
public final class EventstreamModule implements AnalyticsModule {

    private static final int CONDITIONS = 1_000;

    @Override
    public String name() {
        return "eventstream";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var conditions = context.setting(
                "conditions", CONDITIONS, "How many different conditions the subscribers of a project may have.");
        var streams = new ProjectStreams(context.committedEvents(), conditions);
        var resolvers = new EventstreamResolvers(context, streams);
        return Contribution.builder()
                .resolver("Subscription", "events", resolvers::events)
                .resolver("Subscription", "replay", resolvers::replay)
                .eventFeeds(resolvers::feed)
                .build();
    }
}
