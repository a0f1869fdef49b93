package dev.tidemark.core;

import dev.tidemark.core.events.ingestion.Ingestion;
import dev.tidemark.core.jobs.Activity;
import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.projects.Access;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.SchemaText;
import dev.tidemark.core.typed.ProjectSchemas;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Questions;
import io.helidon.webserver.http.HttpService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tidemark without the process around it: modules, schema, events, questions and jobs on one database. */
public final class Engine implements AutoCloseable {

    private final Services services;
    private final GraphqlEngine graphql;
    private final ProjectSchemas schemas;
    private final Map<String, HttpService> routes;
    private final List<ModuleStatus> modules;
    private final Closing closing;

    Engine(
            Services services,
            GraphqlEngine graphql,
            ProjectSchemas schemas,
            Map<String, HttpService> routes,
            List<ModuleStatus> modules,
            Closing closing) {
        this.services = services;
        this.graphql = graphql;
        this.schemas = schemas;
        this.routes = routes;
        this.modules = List.copyOf(modules);
        this.closing = closing;
    }

    /**
     * Loads modules, migrates the server's tables, assembles the schema and begins to follow and to schedule.
     *
     * @throws IllegalStateException when what is in the box does not fit together, or not to the database
     * @throws dev.tidemark.spi.CallerException when a setting is unknown or wrong, or PostgreSQL is away
     */
    public static Engine start(EngineOptions options) {
        var closing = new Closing();
        try {
            return new EngineStart(options, closing).run();
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    public GraphqlEngine graphql() {
        return graphql;
    }

    /** The schema that the caller sees, always the same text for the same modules, collections and columns. */
    public String schemaText(Caller caller) {
        return SchemaText.of(schemas.apply(caller).schema());
    }

    /** The types of it that were made of the data of the caller's project. */
    public String madeTypesText(Caller caller) {
        return SchemaText.of(schemas.apply(caller).schema(), schemas.shared().schema());
    }

    public Callers callers() {
        return services.access().authentication();
    }

    public Projects projects() {
        return services.access().projects();
    }

    public Events events() {
        return services.ingestion();
    }

    public CommittedEvents committedEvents() {
        return services.committed();
    }

    public Questions questions() {
        return services.questions();
    }

    public People people() {
        return services.questions().people();
    }

    /** HTTP services by the prefix of their addresses, no two of which overlap. */
    public Map<String, HttpService> routes() {
        return routes;
    }

    /** Every module in the box and every plugin, those left out included. */
    public List<ModuleStatus> modules() {
        return modules;
    }

    /** The key for administrators, if this start made the first one: it is told once and never again. */
    public Optional<String> firstAdminKey() {
        return services.access().firstAdminKey();
    }

    /** Whether PostgreSQL answers, asked anew; a silent one is told within two seconds. */
    public boolean isReady() {
        return services.notifications().answers();
    }

    /** Ends all that was started, the last first: nothing is acknowledged that was not committed. */
    @Override
    public void close() {
        closing.close();
    }

    /** What the engine is made of. */
    record Services(
            Postgres postgres,
            ProjectDatabases databases,
            Notifications notifications,
            Access access,
            Activity activity,
            Ingestion ingestion,
            CommittedEvents committed,
            QuestionEngine questions) {}
}
