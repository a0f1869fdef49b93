package dev.tidemark.core.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was committed to a project, and deleted, since somebody looks.
 *
 * @param asOf everything committed by then is known
 * @param last the position of the last commit
 * @param lastOf the position of the last commit of each collection that had one since somebody looks
 * @param deletedOf how many events of each collection were ever deleted; none is not here
 * @param deletedAt when it was seen that some were
 */
record Commits(
        Instant asOf,
        long last,
        Map<String, Long> lastOf,
        Map<String, Long> deletedOf,
        Map<String, Instant> deletedAt) {

    /** Before anybody has looked. */
    static final Commits NONE = new Commits(Instant.EPOCH, Long.MAX_VALUE, Map.of(), Map.of(), Map.of());

    /** So long after a deletion what modules have made of the events is mended too. */
    private static final Duration MENDING = Duration.ofSeconds(10);

    Commits {
        lastOf = Map.copyOf(lastOf);
        deletedOf = Map.copyOf(deletedOf);
        deletedAt = Map.copyOf(deletedAt);
    }

    /**
     * What is known later.
     *
     * @param committed the positions of the last of the later commits, by collection
     * @param deleted as {@link #deletedOf}
     */
    Commits then(Instant now, long position, Map<String, Long> committed, Map<String, Long> deleted) {
        Map<String, Long> all = new HashMap<>(lastOf);
        all.putAll(committed);
        Map<String, Instant> moments = new HashMap<>(deletedAt);
        if (!equals(NONE)) {
            deleted.entrySet().stream()
                    .filter(collection -> !deletedOf.entrySet().contains(collection))
                    .forEach(collection -> moments.put(collection.getKey(), now));
        }
        return new Commits(now, position, all, deleted, moments);
    }

    /** The collections that got events since then. */
    Stream<String> addedTo(Commits then) {
        return lastOf.entrySet().stream()
                .filter(collection -> collection.getValue() > then.last)
                .map(Map.Entry::getKey);
    }

    /** The collections that lost events of late: who knew the answer then may not know what is mended since. */
    Stream<String> deletedFrom(Commits then) {
        return deletedAt.entrySet().stream()
                .filter(collection -> then.asOf.isBefore(collection.getValue().plus(MENDING)))
                .map(Map.Entry::getKey);
    }
}
