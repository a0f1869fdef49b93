package dev.tidemark.core.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relations;
import java.time.Duration;
import java.util.List;

/**
 * The relations that modules add to projects. What they answer is remembered for one version of a project's catalogue, since
 * every request asks; it is read after the version, and so never older than that.
 */
final class AddedRelations {

    private static final Duration UNUSED = Duration.ofHours(1);

    private final List<Relations> modules;
    private final Cache<Integer, Remembered> known =
            Caffeine.newBuilder().expireAfterAccess(UNUSED).build();

    AddedRelations(List<Relations> modules) {
        this.modules = List.copyOf(modules);
    }

    /** @param version of the project's catalogue, as this node knows it */
    List<Relation> of(Project project, long version) {
        var remembered = known.getIfPresent(project.id());
        return remembered != null && remembered.version() >= version
                ? remembered.relations()
                : known.asMap()
                        .compute(
                                project.id(),
                                (id, other) ->
                                        other != null && other.version() >= version ? other : read(project, version))
                        .relations();
    }

    private Remembered read(Project project, long version) {
        return new Remembered(
                version,
                modules.stream().flatMap(module -> module.of(project).stream()).toList());
    }

    private record Remembered(long version, List<Relation> relations) {}
}
