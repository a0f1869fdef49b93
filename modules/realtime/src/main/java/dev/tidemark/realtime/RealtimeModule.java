package dev.tidemark.realtime;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Answers reports over the last minutes, and who is online. */
public final class RealtimeModule implements AnalyticsModule {

    @Override
    public String name() {
        return "realtime";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var store = new RealtimeStore();
        var reports = new ReportResolvers(context, new ReportStore(context.questions()));
        var online = new OnlineResolvers(new OnlineQuestion(context.questions(), store));
        var pulse = new PulseResolvers(context.questions(), store);
        return Contribution.builder()
                .resolver("Query", "realtimeReports", reports::reports)
                .resolver("Query", "realtime", reports::answer)
                .resolver("Subscription", "realtime", reports::follow)
                .resolver("Mutation", "createRealtimeReport", reports::create)
                .resolver("Mutation", "deleteRealtimeReport", reports::delete)
                .resolver("Query", "online", online::answer)
                .resolver("Subscription", "online", online::follow)
                .resolver("Query", "pulse", pulse::answer)
                .resolver("Subscription", "pulse", pulse::follow)
                .build();
    }
}
