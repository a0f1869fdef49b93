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
        var min = Long.MAX_VALUE;
        var max = Long.MIN_VALUE;
        while (id < first + count) {
            var rows = parts.get(part);
            if (row == rows.count()) {
                part++;
                row = 0;
                continue;
            }
            if (rows.isNew(row)) {
                rows.setId(row, id++);
                min = Math.min(min, rows.timeMicros(row));
                max = Math.max(max, rows.timeMicros(row));
            }
            row++;
        }
        remaining -= count;
        return new CommitRange(
                parts.getFirst().layout().table(),
                first,
                id - 1,
                count,
                BinaryRow.instant(min),
                BinaryRow.instant(max));
    }
}
