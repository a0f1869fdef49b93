package dev.tidemark.core.typed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.EventFeeds;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The schema that each caller sees: that of the caller's project, for those who may read it. */
public final class ProjectSchemas implements Function<Caller, ExecutableSchema> {

    private static final Duration UNUSED = Duration.ofMinutes(30);

    /** Columns of all schemas in memory; each takes about a kilobyte in all of its types. */
    private static final long MOST_COLUMNS = 200_000;

    private final SharedPart shared;
    private final Catalogs catalogs;
    private final Cache<Integer, ProjectSchema> known = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .maximumWeight(MOST_COLUMNS)
            .weigher((Integer project, ProjectSchema schema) -> schema.columns())
            .build();

    /**
     * @param shared the part that all projects have
     * @param feeds tells events; empty: no module does
     */
    public ProjectSchemas(
            ExecutableSchema shared, Catalogs catalogs, QuestionEngine questions, Optional<EventFeeds> feeds) {
        this.shared = new SharedPart(shared, questions, feeds);
        this.catalogs = catalogs;
    }

    @Override
    public ExecutableSchema apply(Caller caller) {
        return caller.selected()
                .filter(project -> caller.may(Scope.READ))
                .map(this::of)
                .orElse(shared.schema());
    }

    /** The part that all projects have. */
    public ExecutableSchema shared() {
        return shared.schema();
    }

    /** That of a project, for those who may read it. */
    public ExecutableSchema of(Project project) {
        var version = catalogs.of(project).version();
        var now = known.getIfPresent(project.id());
        return now != null && now.version() == version
                ? now.schema()
                : renewed(project).schema();
    }

    /** One at a time makes a project's schema; the others wait for it. */
    private ProjectSchema renewed(Project project) {
        return known.asMap().compute(project.id(), (id, before) -> {
            var catalog = catalogs.of(project);
            if (before != null && before.version() == catalog.version()) {
                return before;
            }
            var questions = shared.questions();
            var relations = TypedRelation.all(catalog, questions.relations(project), questions.people(project));
            return ProjectSchema.of(catalog.version(), relations, before == null ? List.of() : before.parts(), shared);
        });
    }
}
