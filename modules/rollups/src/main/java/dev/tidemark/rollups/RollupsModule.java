package dev.tidemark.rollups;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;
import java.util.SplittableRandom;

/** Keeps rollups up to date, and answers from them. */
public final class RollupsModule implements AnalyticsModule {

    @Override
    public String name() {
        return "rollups";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var questions = context.questions();
        var store = new RollupStore(questions);
        var progress = new ProgressStore();
        var stale = new StaleStore(questions, progress);
        var resolvers = new RollupResolvers(
                context.databases(), questions, context.events(), store, progress, stale, context.clock());
        var projects = new RollupProjects(context.projects(), store);
        var events = context.setting(
                "window-events", 500_000, "About how many events are rolled up in one transaction at most.");
        var auditEvery = context.setting(
                "audit-every",
                Duration.ofMinutes(1),
                "How often a bucket of each rollup is recomputed from its events.");
        return Contribution.builder()
                .resolver("Query", "rollups", resolvers::rollups)
                .resolver("Query", "rollup", resolvers::rollup)
                .resolver("Mutation", "createRollup", resolvers::create)
                .resolver("Mutation", "refreshRollup", resolvers::refresh)
                .resolver("Mutation", "dropRollup", resolvers::drop)
                .resolver("Rollup", "where", resolvers::where)
                .resolver("Rollup", "state", resolvers::state)
                .relations(new RollupRelations(questions, context.databases(), store, progress))
                .rewriter(new RollupRewriter(questions))
                .expiryGuard((project, collection, end, transaction) -> progress.release(transaction, collection, end))
                .job(new RollJob(
                        projects,
                        store,
                        progress,
                        new WindowStore(questions, progress),
                        questions,
                        events,
                        context.clock()))
                .erasureListener(new StaleRollups(store, stale))
                .job(new RemakeJob(projects, store, stale))
                .job(new AuditJob(
                        projects,
                        store,
                        progress,
                        new AuditStore(questions, progress),
                        auditEvery,
                        new SplittableRandom()))
                .build();
    }
}
