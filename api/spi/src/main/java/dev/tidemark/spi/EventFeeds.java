package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;

/** Tells events as they are stored, to those who want some of them: of it the engine makes the typed subscription {@code data}. */
@FunctionalInterface
public interface EventFeeds {

    /**
     * The events that pass at least one test, in the order of their commits, each once. The feed throws {@code STALE_CURSOR}
     * when events after the cursor were deleted because of their age.
     *
     * @param tests at least one
     * @param after the cursor of the last event that is known already; empty: it begins with the next one that is stored
     * @throws CallerException {@code BAD_USER_INPUT} for what is no cursor of the project's events, {@code RATE_LIMITED} when its
     *     subscribers have too many different conditions
     */
    Feed<Told> feed(Project project, List<EventTest> tests, Optional<String> after);

    /** @param cursor what was told up to here: those after it are still to come */
    record Told(String cursor, StoredEvent event) {}
}
