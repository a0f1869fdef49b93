package dev.tidemark.botfilter;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import java.util.Map;
import java.util.Optional;

/** Marks the events of robots, or refuses them. */
public final class BotfilterModule implements AnalyticsModule {

    private static final String IS_BOT = "is_bot";
    private static final Refusal REFUSED = new Refusal(
            "bot", "", "The event comes from a robot, and the server takes none of them: see botfilter.refuse.");

    @Override
    public String name() {
        return "botfilter";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var bots = new Bots(context.setting("remembered", 10_000, "How many user agents are kept in memory."));
        var refuses = context.setting("refuse", false, "Whether events of robots become dead letters, or are marked.");
        return Contribution.builder()
                .property(IS_BOT, ColumnType.BOOLEAN, "Whether the user agent is one of a robot's.")
                .mapper((project, event, origin) -> agent(event, origin)
                        .map(agent -> event.withAbsent(Map.of(IS_BOT, bots.include(agent))))
                        .orElse(event))
                .validator((project, event, origin) ->
                        refuses && Boolean.TRUE.equals(event.properties().get(IS_BOT))
                                ? Optional.of(REFUSED)
                                : Optional.empty())
                .build();
    }

    private static Optional<String> agent(Event event, Origin origin) {
        return event.text("user_agent")
                .or(() -> event.text("context", "userAgent"))
                .or(origin::userAgent);
    }
}
