package dev.tidemark.core;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.tables.ModuleTable;
import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.questions.ModuleStatements;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.PropertyTable;
import dev.tidemark.spi.Statements;
import io.helidon.metrics.api.MeterRegistry;
import java.time.Clock;

/** What one module is lent. */
record EngineContext(
        String module,
        Settings settings,
        ProjectDatabases lender,
        Projects projects,
        ActiveProjects activeProjects,
        Events events,
        CommittedEvents committedEvents,
        QuestionEngine questions,
        Catalogs catalogs,
        Callers callers,
        AuditLog audit,
        JsonReader json,
        Clock clock,
        MeterRegistry metrics)
        implements ModuleContext {

    @Override
    public Databases databases() {
        return lender.lentTo(module);
    }

    @Override
    public People people() {
        return questions.people();
    }

    @Override
    public Statements statements() {
        return new ModuleStatements();
    }

    @Override
    public <T> T setting(String name, T byDefault, String description) {
        return settings.read(module + "." + name, byDefault, description);
    }

    @Override
    public PropertyTable propertyTable(String name, String key) {
        return new ModuleTable(catalogs, name, key);
    }

    EngineContext of(String otherModule) {
        return new EngineContext(
                otherModule,
                settings,
                lender,
                projects,
                activeProjects,
                events,
                committedEvents,
                questions,
                catalogs,
                callers,
                audit,
                json,
                clock,
                metrics);
    }
}
