package dev.tidemark.spi;

import java.util.List;

/**
 * The relations that a module adds to each project. Each node remembers the answer, and asks again when the project's
 * collections have changed or the module has said so ({@link Questions#changeRelations}).
 */
@FunctionalInterface
public interface Relations {
    List<Relation> of(Project project);
}
