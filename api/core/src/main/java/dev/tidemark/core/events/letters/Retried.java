package dev.tidemark.core.events.letters;

import dev.tidemark.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What became of dead letters: numbers, and the first of them one by one. */
final class Retried {

    private static final int TOLD = 100;

    private final List<One> first = new ArrayList<>();
    private long stored;
    private long duplicates;
    private long refused;
    private OptionalLong stoppedAfter = OptionalLong.empty();

    void add(List<KeptLetter> letters, List<Outcome> outcomes) {
        for (int i = 0; i < letters.size(); i++) {
            var outcome = outcomes.get(i);
            switch (outcome) {
                case Outcome.Stored event -> stored++;
                case Outcome.Duplicate event -> duplicates++;
                case Outcome.Refused event -> refused++;
            }
            if (first.size() < TOLD) {
                first.add(new One(letters.get(i).id(), outcome));
            }
        }
    }

    void stopAfter(long id) {
        stoppedAfter = OptionalLong.of(id);
    }

    long stored() {
        return stored;
    }

    long duplicates() {
        return duplicates;
    }

    long refused() {
        return refused;
    }

    long all() {
        return stored + duplicates + refused;
    }

    List<One> first() {
        return List.copyOf(first);
    }

    /** The id after which there may be more. */
    OptionalLong stoppedAfter() {
        return stoppedAfter;
    }

    /** @param id of the letter */
    record One(long id, Outcome outcome) {}
}
