package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.planning.TableRows;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One row among those of many requests. */
record RowReference(TableRows rows, int row) {

    /** All rows that are to be copied. */
    static List<RowReference> newOf(List<TableRows> parts) {
        return parts.stream()
                .flatMap(rows -> IntStream.range(0, rows.count())
                        .filter(rows::isNew)
                        .mapToObj(row -> new RowReference(rows, row)))
                .toList();
    }

    /** The same rows of one request, as their events were sent. */
    static List<RowReference> inOrder(List<TableRows> tables) {
        return newOf(tables).stream()
                .sorted(Comparator.comparingInt(sent -> sent.rows().submission(sent.row())))
                .toList();
    }
}
