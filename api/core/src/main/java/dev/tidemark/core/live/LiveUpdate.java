package dev.tidemark.core.live;

import dev.tidemark.spi.Answer.Freshness;
import dev.tidemark.spi.LiveQuestion.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a subscriber is told of one question, as the schema has it. */
sealed interface LiveUpdate {

    /** All rows. */
    record Snapshot(List<LiveEntry> entries, Freshness freshness) implements LiveUpdate {
        static Snapshot of(Rows rows) {
            List<LiveEntry> entries = new ArrayList<>();
            rows.byKey().forEach((key, row) -> entries.add(new LiveEntry(key, row)));
            return new Snapshot(entries, rows.freshness());
        }
    }

    /** What is not as it was. */
    record Change(List<LiveEntry> upserted, List<String> removed, Freshness freshness) implements LiveUpdate {
        static Change between(Rows before, Rows now) {
            List<LiveEntry> upserted = new ArrayList<>();
            now.byKey().forEach((key, row) -> {
                if (!row.equals(before.byKey().get(key))) {
                    upserted.add(new LiveEntry(key, row));
                }
            });
            var removed = before.byKey().keySet().stream()
                    .filter(key -> !now.byKey().containsKey(key))
                    .toList();
            return new Change(upserted, removed, now.freshness());
        }

        boolean isNone() {
            return upserted.isEmpty() && removed.isEmpty();
        }
    }

    /** Nothing has changed. */
    record Progress(Instant asOf) implements LiveUpdate {}

    /** @param key tells it from the other rows of the question */
    record LiveEntry(String key, Object value) {}
}
