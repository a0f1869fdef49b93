package dev.tidemark.core.typed.changes;

import dev.tidemark.core.typed.ProjectSchemas;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SharedFeeds;
import graphql.schema.DataFetchingEnvironment;
import java.util.Optional;

/** Tells those who follow their project's schema what it gained or lost. */
public final class SchemaModule implements AnalyticsModule {

    private final SharedFeeds<String, SchemaVersion> feeds = new SharedFeeds<>(
            "schema", 1, (project, same) -> new SchemaVersions(() -> schemas().of(project)));
    private volatile Optional<ProjectSchemas> known = Optional.empty();

    /** Learns what the projects' schemas are, which are made of what all modules add. */
    public void join(ProjectSchemas schemas) {
        known = Optional.of(schemas);
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        return Contribution.builder()
                .resolver("Subscription", "schemaChanged", this::changed)
                .build();
    }

    private Feed<SchemaChanged> changed(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return changes(project, SchemaVersion.first(schemas().of(project)));
    }

    private Feed<SchemaChanged> changes(Project project, SchemaVersion known) {
        return new SchemaChanges(feeds.feed(project, "all"), known);
    }

    private ProjectSchemas schemas() {
        return known.orElseThrow();
    }
}
