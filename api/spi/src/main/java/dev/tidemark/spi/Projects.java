package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;

/** The projects of this server. */
public interface Projects {

    /** All of them, by slug. */
    List<Project> all();

    Optional<Project> find(String slug);

    /** Whether it is still there, and not another one that has its slug now. */
    default boolean isCurrent(Project project) {
        return find(project.slug()).filter(project::equals).isPresent();
    }
}
