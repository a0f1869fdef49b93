package dev.tidemark.core.projects;

import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** GraphQL's side of projects. */
final class ProjectResolvers {

    private final ProjectRegistry registry;

    ProjectResolvers(ProjectRegistry registry) {
        this.registry = registry;
    }

    Project project(DataFetchingEnvironment environment) {
        return Caller.of(environment).project();
    }

    Optional<Project> project(Caller caller, String local) {
        return local.isEmpty() ? Optional.of(caller.project()) : Optional.empty();
    }

    List<Project> projects(DataFetchingEnvironment environment) {
        return registry.all();
    }

    ProjectRegistry.Created createProject(DataFetchingEnvironment environment) {
        return registry.create(Caller.of(environment), Input.of(environment).text("slug"));
    }

    Deleted deleteProject(DataFetchingEnvironment environment) {
        var input = Input.of(environment);
        return new Deleted(id(registry.delete(Caller.of(environment), input.text("slug"), input.text("confirm"))));
    }

    String id(DataFetchingEnvironment environment) {
        return id(source(environment));
    }

    Instant createdAt(DataFetchingEnvironment environment) {
        return registry.createdAt(source(environment));
    }

    record Deleted(String deletedId) {}

    private static Project source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<Project>getSource());
    }

    private static String id(Project project) {
        return new GlobalId("Project", project.id(), "").text();
    }
}
