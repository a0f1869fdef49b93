package dev.tidemark.referrer;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.ModuleContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds the host of the referrer, and the campaign that a page's address names. */
public final class ReferrerModule implements AnalyticsModule {

    @Override
    public String name() {
        return "referrer";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .property(
                        "referrer_host",
                        ColumnType.TEXT,
                        "The host of the page that led here, without www; absent when it is the page's own.")
                .property("utm_source", ColumnType.TEXT, "Who sent the visitor: a search engine, a newsletter.")
                .property("utm_medium", ColumnType.TEXT, "By what means, such as email or cpc.")
                .property("utm_campaign", ColumnType.TEXT, "The campaign.")
                .property("utm_term", ColumnType.TEXT, "The word that was paid for.")
                .property("utm_content", ColumnType.TEXT, "Which of several links was followed.")
                .mapper((project, event, origin) -> event.withAbsent(added(event)))
                .build();
    }

    private static Map<String, String> added(Event event) {
        Map<String, String> added = new LinkedHashMap<>();
        var page =
                event.text("url").or(() -> event.text("context", "page", "url")).flatMap(PageAddress::of);
        event.text("referrer")
                .or(() -> event.text("context", "page", "referrer"))
                .flatMap(PageAddress::of)
                .map(PageAddress::host)
                .filter(host -> page.filter(own -> own.host().equals(host)).isEmpty())
                .ifPresent(host -> added.put("referrer_host", host));
        page.ifPresent(address -> added.putAll(address.campaign()));
        return added;
    }
}
