/**
 * Rows of CSV, and the events that they are. Text has no type: a column has the type that the collection gives it, else the one that
 * fits its values in the first batch ({@link dev.tidemark.imports.csv.ColumnTypes}).
 */
@NullMarked
package dev.tidemark.imports.csv;

import org.jspecify.annotations.NullMarked;
