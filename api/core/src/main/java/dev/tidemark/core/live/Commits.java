package dev.tidemark.core.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was committed to a project since somebody looks.
 *
 * @param asOf everything committed by then is known
 * @param last the position of the last commit
 * @param lastOf the position of the last commit of each collection that had one since somebody looks
 * @param deletedOf how many events of each collection were ever deleted; none is not here
 */
record Commits(Instant asOf, long last, Map<String, Long> lastOf, Map<String, Long> deletedOf) {

    /** Before anybody has looked. */
    static final Commits NONE = new Commits(Instant.EPOCH, Long.MAX_VALUE, Map.of(), Map.of());

    Commits {
        lastOf = Map.copyOf(lastOf);
        deletedOf = Map.copyOf(deletedOf);
    }

    /** The same, and what was committed after it. */
    Commits then(Commits later) {
        Map<String, Long> all = new HashMap<>(lastOf);
        all.putAll(later.lastOf);
        return new Commits(later.asOf, later.last, all, later.deletedOf);
    }

    /** The collections that got events since then. */
    Stream<String> addedTo(Commits then) {
        return lastOf.entrySet().stream()
                .filter(collection -> collection.getValue() > then.last)
                .map(Map.Entry::getKey);
    }

    /** The collections that lost events since then. */
    Stream<String> deletedFrom(Commits then) {
        return deletedOf.entrySet().stream()
                .filter(collection -> !then.deletedOf.entrySet().contains(collection))
                .map(Map.Entry::getKey);
    }
}
