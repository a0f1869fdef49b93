package dev.tidemark.benchmarks;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import io.helidon.webserver.http.HttpRules;

/** A route that does nothing, in the same process: the most that the HTTP server itself can do. */
public final class BareModule implements AnalyticsModule {

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder().route("/bare", BareModule::routing).build();
    }

    private static void routing(HttpRules rules) {
        rules.post((request, response) -> {
            request.content().as(byte[].class);
            response.send("{}");
        });
    }
}
