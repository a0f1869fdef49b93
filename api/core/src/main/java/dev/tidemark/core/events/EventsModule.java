package dev.tidemark.core.events;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;

/** Events, what was refused, and what did not fit. */
public final class EventsModule implements AnalyticsModule {

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var collect = new CollectResolvers(context.events(), context.clock());
        var refused = new RefusedResolvers(context.databases());
        return Contribution.builder()
                .resolver("Mutation", "collect", collect::collect)
                .resolver("Query", "deadLetters", refused::deadLetters)
                .node("DeadLetter", refused::deadLetter)
                .resolver("Query", "warnings", refused::warnings)
                .job(new PurgeJob(
                        context.projects(),
                        context.setting(
                                "deduplication-window",
                                Duration.ofDays(7),
                                "How long a messageId is remembered: an event sent again within it counts once."),
                        context.setting(
                                "dead-letters-kept", Duration.ofDays(30), "How long refused events can be looked at."),
                        context.setting(
                                "warnings-kept",
                                Duration.ofDays(30),
                                "How long warnings about values that did not fit can be looked at.")))
                .build();
    }
}
