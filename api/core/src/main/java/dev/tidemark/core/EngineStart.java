package dev.tidemark.core;

import dev.tidemark.core.catalog.CatalogModule;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.events.EventsModule;
import dev.tidemark.core.events.commit.IngestionLimits;
import dev.tidemark.core.events.ingestion.Ingestion;
import dev.tidemark.core.events.reading.StoredEvents;
import dev.tidemark.core.jobs.Activity;
import dev.tidemark.core.jobs.ClusterModule;
import dev.tidemark.core.jobs.ClusterResolvers;
import dev.tidemark.core.jobs.Followers;
import dev.tidemark.core.jobs.JobScheduler;
import dev.tidemark.core.jobs.Leadership;
import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.core.live.LiveModule;
import dev.tidemark.core.modules.ModuleLoader;
import dev.tidemark.core.modules.Modules;
import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.postgres.PoolMeters;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.postgres.Requirements;
import dev.tidemark.core.projects.Access;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.QuestionsModule;
import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.FaultLog;
import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.core.typed.ProjectSchemas;
import dev.tidemark.core.typed.changes.SchemaModule;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a start, in their order: open, find modules, migrate, contribute, assemble, begin. */
final class EngineStart {

    private static final Logger LOG = LoggerFactory.getLogger(EngineStart.class);
    private static final int HEARTBEAT_CONNECTIONS = 2;
    private static final int ACCESS_CONNECTIONS = 4;
    private static final Duration ACCESS_PATIENCE = Duration.ofSeconds(4);
    private static final Duration HEARTBEAT_PATIENCE = Duration.ofSeconds(5);

    private final EngineOptions options;
    private final Settings settings;
    private final Closing closing;
    private final CompletableFuture<EngineAssembly> assembled = new CompletableFuture<>();

    EngineStart(EngineOptions options, Closing closing) {
        this.options = options;
        this.settings = options.settings();
        this.closing = closing;
    }

    Engine run() {
        var postgres =
                pool("main", settings.read("database.connections", 16, "Connections for questions and all else."));
        new Requirements(postgres).checkSessions();
        var writing = pool("ingest", settings.read("database.ingest-connections", 8, "Connections that write events."));
        Migrations.prepare(postgres);
        var databases = new ProjectDatabases(postgres, Migrations.NONE);
        var writingDatabases = new ProjectDatabases(writing, Migrations.NONE);
        var notifications = closing.add(new Notifications(postgres));
        var access = access(postgres, notifications);
        var activity = new Activity(access.projects(), notifications, System::nanoTime);
        var catalogs = closing.add(new Catalogs(
                databases, notifications, options.clock(), System::nanoTime, CatalogLimits.read(settings)));
        var committed = closing.add(new StoredEvents(writingDatabases, catalogs, notifications));
        var ingestion = closing.add(new Ingestion(
                writingDatabases,
                catalogs,
                notifications,
                IngestionLimits.read(settings),
                options.clock(),
                options.metrics()));
        var questions = new QuestionEngine(databases, catalogs);
        var services = new Engine.Services(
                postgres, databases, notifications, access, activity, ingestion, committed, questions);

        var schema = new SchemaModule();
        var modules = new Modules(core(services, catalogs, schema), loader());
        modules.migrate(migrations -> migrations.run(postgres.server(), Migrations.SERVER));
        for (var lent : List.of(databases, writingDatabases)) {
            lent.join(modules.projectMigrations(), access.projects()::isCurrent);
        }
        access.start();

        var assembly = new EngineAssembly(modules, modules.contribute(context(services, catalogs)::of));
        assembled.complete(assembly);
        ingestion.passThrough(assembly.pipeline());
        ingestion.passBy(writingDatabases::outOfService);
        questions.join(
                assembly.relations(),
                assembly.rewriters(),
                assembly.personMapping(),
                assembly.personProperties(),
                assembly.personRecords(),
                assembly.personListeners());
        access.authentication().join(assembly.tokens());
        questions.speak(assembly.schema().schema());
        assembly.contributions().forEach(added -> added.collectionListeners().forEach(catalogs::onChange));
        var schemas = new ProjectSchemas(assembly.schema(), catalogs, questions, assembly.eventFeeds());
        schema.join(schemas);
        var graphql = graphql(schemas);
        var lease =
                settings.read("cluster.lease", Duration.ofSeconds(10), "How long a leader that is silent leads on.");
        settings.refuseUnknown();
        begin(services, assembly, lease);
        return new Engine(services, graphql, schemas, assembly.routes(), assembly.statuses(), closing);
    }

    private Postgres pool(String name, int connections) {
        return metered(name, Postgres.connect(options.database(), name, connections));
    }

    /** Connections on which nobody waits for long. */
    private Postgres pool(String name, int connections, Duration patience) {
        return metered(name, Postgres.connect(options.database().withPatience(patience), name, connections, patience));
    }

    private Postgres metered(String name, Postgres pool) {
        closing.add(pool);
        closing.add(new PoolMeters(options.metrics(), name, pool));
        return pool;
    }

    /**
     * Signs of life have connections of their own, so that a busy node is not taken for a dead one. Of keys the fewest are
     * looked up, and while the database is silent whoever waits for that is told so the sooner.
     */
    private Access access(Postgres postgres, Notifications notifications) {
        return closing.add(new Access(
                postgres.server(),
                pool("access", ACCESS_CONNECTIONS, ACCESS_PATIENCE).server(),
                pool("heartbeat", HEARTBEAT_CONNECTIONS, HEARTBEAT_PATIENCE).server(),
                notifications,
                options.node(),
                options.secrets(),
                options.clock(),
                System::nanoTime,
                options.random()));
    }

    private ModuleLoader loader() {
        return new ModuleLoader(Engine.class.getClassLoader(), options.plugins());
    }

    private List<AnalyticsModule> core(Engine.Services services, Catalogs catalogs, SchemaModule schema) {
        var cluster = new ClusterResolvers(
                services.postgres().server(), services.access().nodes()::nodes, later(EngineAssembly::statuses));
        List<AnalyticsModule> core = new ArrayList<>(List.of(
                services.access().module(),
                new CatalogModule(catalogs, later(EngineAssembly::propertyListeners)),
                new ClusterModule(cluster),
                new EventsModule(
                        services.ingestion(),
                        catalogs,
                        later(EngineAssembly::listeners),
                        later(EngineAssembly::guards),
                        later(EngineAssembly::erasureListeners)),
                new QuestionsModule(services.questions(), catalogs),
                new LiveModule(services.questions(), later(EngineAssembly::live)),
                schema));
        core.addAll(options.modules());
        return core;
    }

    /** What all modules contributed, for one that asks only when it serves or works, which begins after that. */
    private <T> Supplier<T> later(Function<EngineAssembly, T> kind) {
        return () -> kind.apply(assembled.join());
    }

    private EngineContext context(Engine.Services services, Catalogs catalogs) {
        return new EngineContext(
                "",
                settings,
                services.databases(),
                services.access().projects(),
                services.activity(),
                new MeteredEvents(services.ingestion(), services.access().allowances()),
                services.committed(),
                services.questions(),
                catalogs,
                services.access().authentication(),
                services.access().audit(),
                new StrictJsonReader(),
                options.clock(),
                options.metrics());
    }

    private GraphqlEngine graphql(ProjectSchemas schemas) {
        var timeout = settings.read("graphql.timeout", Duration.ofSeconds(30), "How long one request may take.");
        var faults = new FaultLog(
                () -> new UUID(options.random().nextLong(), options.random().nextLong()).toString());
        return new GraphqlEngine(schemas, Limits.standard().withTimeout(timeout), faults);
    }

    private void begin(Engine.Services services, EngineAssembly assembly, Duration lease) {
        var databases = services.databases();
        closing.add(new Followers(
                assembly.followers(services.committed(), databases, System::nanoTime),
                services.access().projects(),
                services.activity(),
                services.notifications(),
                System::nanoTime));
        closing.add(new Leadership(
                services.postgres().server(),
                services.access().nodes().id(),
                lease,
                System::nanoTime,
                new JobScheduler(assembly.jobs(), services.postgres(), databases)));
        closing.add(BackgroundThread.start("migrate", () -> migrateProjects(services)));
    }

    /** A project's tables are brought up to date on its first use; this is the first use of those that nobody uses. */
    private static void migrateProjects(Engine.Services services) {
        try {
            services.access().projects().all().forEach(project -> migrate(services, project));
        } catch (RuntimeException e) {
            report("Projects could not be looked through for tables that are out of date.", e);
        }
    }

    private static void migrate(Engine.Services services, Project project) {
        try {
            services.databases().of(project);
        } catch (RuntimeException e) {
            report("The tables of project " + project.slug() + " could not be brought up to date.", e);
        }
    }

    /** Unless the server stops, which breaks whatever is under way. */
    private static void report(String sentence, RuntimeException failure) {
        if (!Thread.currentThread().isInterrupted()) {
            LOG.error(sentence, failure);
        }
    }
}
