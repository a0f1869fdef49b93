package dev.tidemark.imports.uploads;

import dev.tidemark.spi.Outcome;
import java.util.List;

/** What became of the rows of a batch. */
record Tally(long stored, long warned, long duplicates, long refused) {

    static Tally of(List<Outcome> outcomes) {
        long stored = 0;
        long warned = 0;
        long duplicates = 0;
        long refused = 0;
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Stored event -> {
                    stored++;
                    warned += event.warnings().isEmpty() ? 0 : 1;
                }
                case Outcome.Duplicate ignored -> duplicates++;
                case Outcome.Refused ignored -> refused++;
            }
        }
        return new Tally(stored, warned, duplicates, refused);
    }

    long rows() {
        return stored + duplicates + refused;
    }
}
