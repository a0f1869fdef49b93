package dev.tidemark.rollups;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Relation;
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
        var known = new KnownRollups(context.databases(), store, progress, context.clock());
        var resolvers = new RollupResolvers(
                context.databases(), questions, context.events(), store, progress, known, context.clock());
        var projects = new RollupProjects(context.projects(), store);
        var events = context.setting(
                "window-events", 20_000, "About how many events are rolled up in one transaction at most.");
        var auditEvery = context.setting(
                "audit-every",
                Duration.ofMinutes(1),
                "How often a bucket of each rollup is recomputed from its events.");
        return Contribution.builder()
                .resolver("Query", "rollups", resolvers::rollups)
                .resolver("Query", "rollup", resolvers::rollup)
                .resolver("Mutation", "createRollup", resolvers::create)
                .resolver("Mutation", "dropRollup", resolvers::drop)
                .resolver("Rollup", "where", resolvers::where)
                .resolver("Rollup", "state", resolvers::state)
                .relations(project -> known.of(project).stream()
                        .<Relation>map(rollup -> new RollupRelation(questions, project, rollup))
                        .toList())
                .rewriter(new RollupRewriter(questions, known))
                .expiryGuard((project, collection, end, transaction) -> progress.release(transaction, collection, end))
                .job(new RollJob(
                        projects, store, progress, new WindowStore(questions, progress), events, context.clock()))
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
