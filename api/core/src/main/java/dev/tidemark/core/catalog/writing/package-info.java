/**
 * Changes tables and the rows that describe them, in transactions of their own under the project's advisory lock ({@link
 * dev.tidemark.core.catalog.writing.CatalogTransactions}). A lock on a table is waited for 50 ms at a time, so that writers never queue
 * behind a change that queues behind a long reader.
 *
 * <p><b>Partitions</b> are made ahead by a job, and when an event needs one that is missing. Those that are too old are taken out here
 * and dropped by {@code core.events.life}, which knows who has yet to read them.
 */
@NullMarked
package dev.tidemark.core.catalog.writing;

import org.jspecify.annotations.NullMarked;
