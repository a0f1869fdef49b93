package dev.tidemark.spi;

import java.util.List;

/** Learns, on every node and within a second, that collections or columns of a project were added or changed. */
@FunctionalInterface
public interface CollectionListener {

    /** @param collections all collections of the project, as they are now */
    void changed(Project project, List<EventCollection> collections);
}
