package dev.tidemark.core.live;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What is committed of a project.
 *
 * @param asOf everything committed by then is known
 * @param last the position of the last commit
 * @param base up to this position it is not known which collections had commits
 * @param lastOf the position of the last commit of each collection that had one since
 */
record Commits(Instant asOf, long last, long base, Map<String, Long> lastOf) {

    Commits {
        lastOf = Map.copyOf(lastOf);
    }

    /** The commits with what was committed after it. */
    Commits then(Instant now, Map<String, Long> committed) {
        Map<String, Long> all = new HashMap<>(lastOf);
        all.putAll(committed);
        return new Commits(now, committed.values().stream().max(Long::compareTo).orElse(last), base, all);
    }

    /**
     * Whether something was committed after a position.
     *
     * @param collections to these; none: to whichever
     */
    boolean hasCommits(Collection<String> collections, long after) {
        return last > after
                && (collections.isEmpty()
                        || collections.stream().anyMatch(collection -> lastOf.getOrDefault(collection, base) > after));
    }
}
