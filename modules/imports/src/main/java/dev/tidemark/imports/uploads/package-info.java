/**
 * Stores the rows of a file in batches: while one is committed, the next is read, so memory holds two. Each batch advances the import's
 * row in table {@code _import} in its own transaction, from the count of rows that this upload believes in; so a row counts once
 * whatever is killed, and of two uploads of one import the later one is refused. An interrupted upload is sent again from its
 * beginning, and the rows already committed are skipped; their checksum, committed with them, tells whether it is the same file.
 */
@NullMarked
package dev.tidemark.imports.uploads;

import org.jspecify.annotations.NullMarked;
