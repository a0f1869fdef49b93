package dev.tidemark.useragent;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Adds browser, system and device to events. */
public final class UseragentModule implements AnalyticsModule {

    @Override
    public String name() {
        return "useragent";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var agents = new UserAgents(context.setting("remembered", 10_000, "How many user agents are kept in memory."));
        return Contribution.builder()
                .property("browser", ColumnType.TEXT, "The family of the browser, such as Firefox.")
                .property("browser_version", ColumnType.TEXT, "The version of the browser, such as 128.0.")
                .property("os", ColumnType.TEXT, "The family of the operating system, such as Android.")
                .property("os_version", ColumnType.TEXT, "The version of the operating system, such as 14.")
                .property("device", ColumnType.TEXT, "The kind of the device, such as iPhone.")
                .mapper((project, event, origin) -> event.text("user_agent")
                        .or(() -> event.text("context", "userAgent"))
                        .or(origin::userAgent)
                        .map(agent -> event.withAbsent(agents.properties(agent)))
                        .orElse(event))
                .build();
    }
}
