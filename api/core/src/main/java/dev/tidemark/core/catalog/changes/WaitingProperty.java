package dev.tidemark.core.catalog.changes;

import dev.tidemark.spi.ColumnType;

/**
 * What a table could not get while someone read it; a row of {@code _waiting_property}.
 *
 * @param collection its label, as that of the property
 * @param type what the values need
 */
record WaitingProperty(String collection, String property, ColumnType type) {

    /** Whether a column of a type is not wide enough. */
    boolean isNarrow(ColumnType column) {
        return column == ColumnType.LONG && type == ColumnType.DOUBLE;
    }
}
