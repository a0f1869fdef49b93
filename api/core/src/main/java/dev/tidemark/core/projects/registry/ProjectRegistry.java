package dev.tidemark.core.projects.registry;

import dev.tidemark.core.projects.keys.KeyRequest;
import dev.tidemark.core.projects.keys.NewKey;
import dev.tidemark.core.projects.nodes.AccessVersion;
import dev.tidemark.core.projects.nodes.NodeRegistry;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Scope;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The projects, remembered under the access version like the keys. */
public final class ProjectRegistry implements Projects {

    private final ProjectStore store;
    private final SchemaStore schemas;
    private final AccessVersion version;
    private final NodeRegistry nodes;
    private final SecureRandom random;
    private volatile Snapshot snapshot = new Snapshot(-1, Map.of());

    private record Snapshot(long version, Map<String, Registered> bySlug) {}

    public ProjectRegistry(
            ProjectStore store, SchemaStore schemas, AccessVersion version, NodeRegistry nodes, SecureRandom random) {
        this.store = store;
        this.schemas = schemas;
        this.version = version;
        this.nodes = nodes;
        this.random = random;
    }

    /** Secrets, shown this once. */
    public record FirstKeys(String master, String write, String read) {}

    public record Created(Project project, FirstKeys keys) {}

    @Override
    public List<Project> all() {
        return snapshot().bySlug().values().stream().map(Registered::project).toList();
    }

    @Override
    public Optional<Project> find(String slug) {
        return registered(slug).map(Registered::project);
    }

    public Instant createdAt(Project project) {
        return registered(project.slug()).map(Registered::createdAt).orElseThrow(() -> notFound(project.slug()));
    }

    /** Makes a project, its PostgreSQL schema, and a key of each scope. */
    public Created create(Caller caller, String slug) {
        Slug.require(slug);
        var master = NewKey.of(KeyRequest.of("master", Scope.MASTER), random);
        var write = NewKey.of(KeyRequest.of("write", Scope.WRITE), random);
        var read = NewKey.of(KeyRequest.of("read", Scope.READ), random);
        var created = store.create(caller, slug, List.of(master, write, read));
        nodes.publish(created.version());
        return new Created(
                created.project().project(),
                new FirstKeys(
                        master.secret().text(),
                        write.secret().text(),
                        read.secret().text()));
    }

    /**
     * Deletes a project with all its data. First nobody can use it any more, on any node; then its tables go, in steps;
     * last its name is free again. A crash amid the steps is finished by {@link PurgeJob}.
     */
    public Project delete(Caller caller, String slug, String confirm) {
        if (!confirm.equals(slug)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "All data of the project will be gone: say its slug twice, in slug and in confirm.",
                    "confirm");
        }
        var marked = store.markDeleted(caller, slug).orElseThrow(() -> notFound(slug));
        nodes.publishEverywhere(marked.version());
        var project = marked.project().project();
        var left = true;
        while (left) {
            left = schemas.dropSome(project);
        }
        return project;
    }

    /** A project that is not remembered may just have been made. */
    private Optional<Registered> registered(String slug) {
        var remembered = version.trusted().isPresent() ? snapshot().bySlug().get(slug) : null;
        return Optional.ofNullable(remembered).or(() -> store.find(slug));
    }

    private Snapshot snapshot() {
        var current = version.trusted();
        var remembered = snapshot;
        if (current.isPresent() && remembered.version() == current.getAsLong()) {
            return remembered;
        }
        Map<String, Registered> bySlug = new LinkedHashMap<>();
        store.all().forEach(registered -> bySlug.put(registered.project().slug(), registered));
        var read = new Snapshot(current.orElse(-1), bySlug);
        snapshot = read;
        return read;
    }

    private static CallerException notFound(String slug) {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no project " + slug + ".", "slug");
    }
}
