package dev.tidemark.rollups;

import dev.tidemark.rollups.asking.RollupRelations;
import dev.tidemark.rollups.asking.RollupRewriter;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.RollupProjects;
import dev.tidemark.rollups.progress.RollupStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rolling.DueStore;
import dev.tidemark.rollups.rolling.Patience;
import dev.tidemark.rollups.rolling.RollJob;
import dev.tidemark.rollups.rolling.Rolling;
import dev.tidemark.rollups.rolling.WindowStore;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.rollups.upkeep.AuditLimits;
import dev.tidemark.rollups.upkeep.AuditStore;
import dev.tidemark.rollups.upkeep.Auditing;
import dev.tidemark.rollups.upkeep.BackfillStore;
import dev.tidemark.rollups.upkeep.KeepStore;
import dev.tidemark.rollups.upkeep.Keeping;
import dev.tidemark.rollups.upkeep.Pace;
import dev.tidemark.rollups.upkeep.PersonStore;
import dev.tidemark.rollups.upkeep.ProjectJob;
import dev.tidemark.rollups.upkeep.PropertyStore;
import dev.tidemark.rollups.upkeep.Refreshing;
import dev.tidemark.rollups.upkeep.RemakeStore;
import dev.tidemark.rollups.upkeep.Remaking;
import dev.tidemark.rollups.upkeep.StaleRollups;
import dev.tidemark.rollups.upkeep.StaleSearch;
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
        var statements = context.statements();
        var clock = context.clock();
        var active = context.activeProjects();
        var definitions = new DefinitionStore(questions);
        var progress = new ProgressStore();
        var stale = new StaleStore(statements);
        var backfills = new BackfillStore(statements);
        var persons = new PersonStore(questions, definitions, stale, active);
        var properties = new PropertyStore(questions, definitions, stale, active);
        var rows = new RowStore(questions, statements, definitions, stale);
        var store = new RollupStore(statements, definitions, progress, stale);
        var projects = new RollupProjects(context.projects(), active, store);
        var events = context.setting(
                "window-events", 1_000_000, "About how many events are rolled up in one transaction at most.");
        var every = context.setting(
                "every", Duration.ofSeconds(1), "How often events are rolled up, and buckets made anew.");
        var auditEvery = context.setting(
                "audit-every",
                Duration.ofMinutes(1),
                "How often a part of a bucket of each rollup is recomputed from its events, and buckets that are too old are dropped.");
        var auditRest = context.setting(
                "audit-rest",
                50,
                "How many times as long as recomputing a part of a bucket took the next one waits, at least.");
        var dues = new DueStore(definitions);
        var rolling =
                new Rolling(new WindowStore(statements, progress, rows), progress, questions, events, System::nanoTime);
        var remakes = new RemakeStore(progress, stale, backfills, rows);
        var resolvers = new RollupResolvers(
                context.databases(),
                questions,
                context.events(),
                store,
                definitions,
                backfills,
                new Refreshing(dues, rolling, stale, remakes, System::nanoTime),
                context.audit(),
                active,
                clock);
        return Contribution.builder()
                .resolver("Query", "rollups", resolvers::rollups)
                .resolver("Query", "rollup", resolvers::rollup)
                .resolver("Mutation", "createRollup", resolvers::create)
                .resolver("Mutation", "backfillRollup", resolvers::backfill)
                .resolver("Mutation", "refreshRollup", resolvers::refresh)
                .resolver("Mutation", "dropRollup", resolvers::drop)
                .resolver("Rollup", "where", resolvers::where)
                .resolver("Rollup", "state", resolvers::state)
                .relations(new RollupRelations(questions, context.people(), context.databases(), definitions, progress))
                .rewriter(new RollupRewriter(questions, context.people(), clock))
                .expiryGuard((project, collection, end, transaction) -> progress.release(transaction, collection, end))
                .erasureListener(new StaleRollups(definitions, stale, active))
                .propertyListener((project, collection, property, transaction) ->
                        properties.note(transaction, project, collection, property))
                .personListener((project, before, transaction) -> persons.note(transaction, project, before.keySet()))
                .job(new ProjectJob(
                        "persons", every, projects.inRounds(), new StaleSearch(persons::find, System::nanoTime)))
                .job(new ProjectJob(
                        "properties", every, projects.inRounds(), new StaleSearch(properties::find, System::nanoTime)))
                .job(new RollJob(
                        projects.inRounds(),
                        dues,
                        progress,
                        rolling,
                        Patience.of(events, every),
                        every,
                        System::nanoTime))
                .job(new ProjectJob(
                        "remake",
                        every,
                        projects.inRounds(),
                        new Remaking(definitions, stale, backfills, remakes, every.dividedBy(2), System::nanoTime)))
                .job(new ProjectJob(
                        "keep",
                        auditEvery,
                        projects::of,
                        new Keeping(definitions, new KeepStore(statements, definitions, progress, stale), clock)))
                .job(new ProjectJob(
                        "audit",
                        auditEvery,
                        projects::of,
                        new Auditing(
                                context.databases(),
                                definitions,
                                progress,
                                new AuditStore(statements, progress, stale, rows, AuditLimits.USUAL),
                                new SplittableRandom(),
                                new Pace(auditRest, System::nanoTime, Thread::sleep))))
                .build();
    }
}
