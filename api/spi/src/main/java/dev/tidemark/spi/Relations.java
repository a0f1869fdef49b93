package dev.tidemark.spi;

import java.util.List;

/** The relations that a module adds to each project. Called whenever the project's schema is built or a question asked. */
@FunctionalInterface
public interface Relations {
    List<Relation> of(Project project);
}
