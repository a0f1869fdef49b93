package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.planning.TableRows;
import dev.tidemark.core.events.planning.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warnings of one batch that are alike.
 *
 * @param collection the name of the table
 * @param first the first of them
 * @param eventId the event of the first
 */
record WarningCount(String collection, Warning first, long count, long eventId) {

    /** Counts the warnings of the rows that were copied. */
    static List<WarningCount> of(List<TableRows> parts) {
        Map<Alike, WarningCount> counts = new LinkedHashMap<>();
        for (var rows : parts) {
            for (int row = 0; rows.hasWarnings() && row < rows.count(); row++) {
                if (rows.isNew(row)) {
                    add(rows, row, counts);
                }
            }
        }
        return new ArrayList<>(counts.values());
    }

    private static void add(TableRows rows, int row, Map<Alike, WarningCount> counts) {
        var table = rows.layout().table();
        for (var warning : rows.warnings(row)) {
            var one = new WarningCount(table, warning, 1, rows.id(row));
            counts.merge(
                    new Alike(table, warning.property(), warning.reason().code()),
                    one,
                    (many, next) -> new WarningCount(table, many.first(), many.count() + 1, many.eventId()));
        }
    }

    private record Alike(String table, String property, String code) {}
}
