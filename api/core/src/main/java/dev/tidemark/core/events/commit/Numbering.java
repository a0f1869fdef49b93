package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.core.events.planning.TableRows;
import java.util.List;

/** Gives ids to the new rows of several requests, in their order. */
final class Numbering {

    private final List<TableRows> parts;
    private int remaining;
    private int part;
    private int row;
    private long minMicros;
    private long maxMicros;

    Numbering(List<TableRows> parts) {
        this.parts = parts;
        for (var rows : parts) {
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNew(i)) {
                    remaining++;
                }
            }
        }
    }

    int remaining() {
        return remaining;
    }

    CommitRange number(long first, int count) {
        var id = first;
        minMicros = Long.MAX_VALUE;
        maxMicros = Long.MIN_VALUE;
        while (id < first + count) {
            var rows = parts.get(part);
            id = number(rows, id, first + count);
            if (row == rows.count()) {
                part++;
                row = 0;
            }
        }
        remaining -= count;
        return new CommitRange(
                parts.getFirst().layout().table(),
                first,
                id - 1,
                count,
                BinaryRow.instant(minMicros),
                BinaryRow.instant(maxMicros));
    }

    /**
     * Goes on in a request until its rows or the ids are at their end. The loop has the rows of one request for its bound: over
     * those of many the JVM's compiler guesses bounds that do not hold, and compiles again and again.
     *
     * @return the next id
     */
    private long number(TableRows rows, long first, long end) {
        var id = first;
        var next = row;
        for (; next < rows.count() && id < end; next++) {
            if (rows.isNew(next)) {
                rows.setId(next, id++);
                minMicros = Math.min(minMicros, rows.timeMicros(next));
                maxMicros = Math.max(maxMicros, rows.timeMicros(next));
            }
        }
        row = next;
        return id;
    }
}
