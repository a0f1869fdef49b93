package dev.tidemark.rollups.rolling;

import dev.tidemark.rollups.definition.Rollup;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rollups of one collection whose turn it is, and which are brought forward together, since they stand at one position: what they
 * take of an event is read once.
 *
 * @param until the position at which they are to stand then, as all do whose turn it is
 * @param isAwaited whether somebody waits for them, also while another transaction keeps them as they are; otherwise such ones are
 *     passed by until their next turn, since others wait
 */
public record Due(List<Rollup> rollups, long until, boolean isAwaited) {

    public Due {
        rollups = List.copyOf(rollups);
    }

    /** Each by itself. */
    Stream<Due> alone() {
        return rollups.stream().map(rollup -> new Due(List.of(rollup), until, isAwaited));
    }

    String collection() {
        return rollups.getFirst().collection();
    }
}
