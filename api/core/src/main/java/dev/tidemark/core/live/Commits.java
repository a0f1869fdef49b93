package dev.tidemark.core.live;

import dev.tidemark.spi.EventCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was committed to a project, and changed of what was committed before, since somebody looks.
 *
 * @param asOf everything committed by then is known
 * @param last the position of the last commit
 * @param lastOf the position of the last commit of each collection that had one since somebody looks
 * @param changesOf how many events of each collection were ever deleted, and how often properties of it and {@link #PEOPLE}
 *     were changed; none is not here
 * @param changedAt when it was seen that some were
 */
record Commits(
        Instant asOf,
        long last,
        Map<String, Long> lastOf,
        Map<String, Long> changesOf,
        Map<String, Instant> changedAt) {

    /** Who is who, and what is known of them. No collection is called so. */
    static final String PEOPLE = EventCollection.PERSON;

    /** Before anybody has looked. */
    static final Commits NONE = new Commits(Instant.EPOCH, Long.MAX_VALUE, Map.of(), Map.of(), Map.of());

    /** So long after a change what modules have made of the events is mended too. */
    private static final Duration MENDING = Duration.ofSeconds(10);

    Commits {
        lastOf = Map.copyOf(lastOf);
        changesOf = Map.copyOf(changesOf);
        changedAt = Map.copyOf(changedAt);
    }

    /**
     * What is known later.
     *
     * @param committed the positions of the last of the later commits, by collection
     * @param changes as {@link #changesOf}
     */
    Commits then(Instant now, long position, Map<String, Long> committed, Map<String, Long> changes) {
        Map<String, Long> all = new HashMap<>(lastOf);
        all.putAll(committed);
        Map<String, Instant> moments = new HashMap<>(changedAt);
        if (!equals(NONE)) {
            changes.entrySet().stream()
                    .filter(changed -> !changesOf.entrySet().contains(changed))
                    .forEach(changed -> moments.put(changed.getKey(), now));
        }
        return new Commits(now, position, all, changes, moments);
    }

    /** The collections that got events since then. */
    Stream<String> addedTo(Commits then) {
        return lastOf.entrySet().stream()
                .filter(collection -> collection.getValue() > then.last)
                .map(Map.Entry::getKey);
    }

    /**
     * The collections that lost events of late or have other values, and {@link #PEOPLE} if they were changed: who knew the answer then
     * may not know what is mended since.
     */
    Stream<String> changedSince(Commits then) {
        return changedAt.entrySet().stream()
                .filter(changed -> then.asOf.isBefore(changed.getValue().plus(MENDING)))
                .map(Map.Entry::getKey);
    }
}
