package dev.tidemark.spi;

/**
 * Changes events before they are stored: enriches, renames, computes. Mappers run in the order of their modules' names,
 * on the thread of the request, for every event; one that fails turns its event into a dead letter that names the module.
 */
@FunctionalInterface
public interface EventMapper {
    Event map(Project project, Event event, Origin origin);
}
