package dev.tidemark.spi;

import java.util.List;

/**
 * The relations that a module adds to each project. Called with every request, so it answers from memory; what it answers
 * is in the project's schema at once.
 */
@FunctionalInterface
public interface Relations {
    List<Relation> of(Project project);
}
