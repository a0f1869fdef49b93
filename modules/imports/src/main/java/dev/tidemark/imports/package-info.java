/**
 * Events from CSV files of any size.
 *
 * <p>A file is read as it arrives, in batches: while one is committed, the next is read, so memory holds two. Each batch
 * advances the import's row in table {@code _import} in its own transaction, from the count of rows that this upload
 * believes in; so a row counts once whatever is killed, and of two uploads of one import the later one is refused. An
 * interrupted upload is sent again from its beginning, and the rows already committed are skipped.
 *
 * <p>Text has no type: a column has the type that the collection gives it, else the one that fits its values in the first
 * batch.
 */
@NullMarked
package dev.tidemark.imports;

import org.jspecify.annotations.NullMarked;
