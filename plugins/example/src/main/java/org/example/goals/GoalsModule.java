package org.example.goals;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;

/** Everything that this plugin adds, on one screen. */
public final class GoalsModule implements AnalyticsModule {

    @Override
    public String name() {
        return "goals";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var every =
                context.setting("count-every", Duration.ofMinutes(1), "How often goals that were reached are counted.");
        var store = new GoalsStore(context.databases());
        var known = new KnownGoals(store);
        var resolvers = new GoalsResolvers(store, known);
        return Contribution.builder()
                .resolver("Query", "goals", resolvers::goals)
                .resolver("Mutation", "setGoal", resolvers::setGoal)
                .mapper((project, event, origin) -> known.of(project, event.collection())
                        .map(goal -> event.with("goal", goal))
                        .orElse(event))
                .job(new CountGoalsJob(every, context.projects(), context.questions()))
                .build();
    }
}
