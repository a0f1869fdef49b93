package dev.tidemark.core.projects;

import dev.tidemark.core.projects.registry.PurgeJob;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ModuleContext;

/** Projects, their keys, and what was done with those. */
public final class ProjectsModule implements AnalyticsModule {

    private final ProjectResolvers projects;
    private final KeyResolvers keys;
    private final AuditResolvers audit;

    ProjectsModule(ProjectResolvers projects, KeyResolvers keys, AuditResolvers audit) {
        this.projects = projects;
        this.keys = keys;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "projects";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .resolver("Query", "project", projects::project)
                .resolver("Query", "projects", projects::projects)
                .resolver("Mutation", "createProject", projects::createProject)
                .resolver("Mutation", "deleteProject", projects::deleteProject)
                .resolver("Project", "id", projects::id)
                .resolver("Project", "createdAt", projects::createdAt)
                .node("Project", projects::project)
                .resolver("Query", "apiKeys", keys::apiKeys)
                .resolver("Mutation", "createApiKey", keys::createApiKey)
                .resolver("Mutation", "revokeApiKey", keys::revokeApiKey)
                .resolver("Query", "auditLog", audit::auditLog)
                .resolver("ApiKey", "id", keys::id)
                .node("ApiKey", keys::key)
                .resolver("ApiKey", "eventsPerSecond", keys::eventsPerSecond)
                .resolver("ApiKey", "eventsPerDay", keys::eventsPerDay)
                .job(new PurgeJob())
                .build();
    }
}
