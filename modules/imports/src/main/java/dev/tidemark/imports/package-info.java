/**
 * Events from files of any size: CSV and NDJSON, in any encoding, plain or compressed.
 *
 * <p>Bytes pass {@code Inflated}, {@code Utf8} and {@code Beginning}, which look at the first of them, and then an
 * {@code EventFile}, whose rows become events in {@code RowReader} (CSV) or {@code ObjectReader} (NDJSON): the hot path.
 *
 * <p>A file is read as it arrives, in batches: while one is committed, the next is read, so memory holds two. Each batch
 * advances the import's row in table {@code _import} in its own transaction, from the count of rows that this upload
 * believes in; so a row counts once whatever is killed, and of two uploads of one import the later one is refused. An
 * interrupted upload is sent again from its beginning, and the rows already committed are skipped; their checksum, committed
 * with them, tells whether it is the same file.
 *
 * <p>Text has no type: a column has the type that the collection gives it, else the one that fits its values in the first
 * batch.
 */
@NullMarked
package dev.tidemark.imports;

import org.jspecify.annotations.NullMarked;
