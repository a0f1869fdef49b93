package dev.tidemark.core.catalog;

import java.util.Set;

/**
 * How far a project may still change.
 *
 * @param collections new ones in this hour
 * @param columns new ones in this hour
 * @param fixed columns that turned out not to be widened
 */
record Budget(int collections, int columns, Set<FixedColumn> fixed) {

    Budget {
        fixed = Set.copyOf(fixed);
    }

    record FixedColumn(String table, String column) {}
}
