package dev.tidemark.spi;

import java.util.Optional;

/** Decides, after all mappers, whether an event is stored; a refused one is kept as a dead letter. */
@FunctionalInterface
public interface EventValidator {
    /** The reason to refuse the event; empty: it is fine. */
    Optional<Refusal> validate(Project project, Event event, Origin origin);
}
