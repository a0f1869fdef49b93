package dev.tidemark.core.catalog.snapshot;

import java.util.Set;

/**
 * How far a project may still change.
 *
 * @param collections new ones in this hour
 * @param columns new ones in this hour
 * @param fixed columns that turned out not to be widened
 */
public record Budget(int collections, int columns, Set<FixedColumn> fixed) {

    public Budget {
        fixed = Set.copyOf(fixed);
    }

    public record FixedColumn(String table, String column) {}
}
