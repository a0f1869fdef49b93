package dev.tidemark.core.events.letters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which dead letters are meant. An empty list or time leaves the choice open.
 *
 * @param from the earliest time of receipt
 * @param to the time before which they were received
 */
record LetterFilter(
        List<Long> ids,
        List<String> codes,
        List<String> collections,
        List<String> sources,
        Optional<Instant> from,
        Optional<Instant> to) {

    LetterFilter {
        ids = List.copyOf(ids);
        codes = List.copyOf(codes);
        collections = List.copyOf(collections);
        sources = List.copyOf(sources);
    }

    static LetterFilter of(List<Long> ids) {
        return new LetterFilter(ids, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
