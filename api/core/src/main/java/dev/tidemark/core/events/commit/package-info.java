/**
 * Group commit. Rows queue up in the project's {@link dev.tidemark.core.events.commit.CommitQueue}. A few writers take, each
 * time, everything that waits; batches grow because requests gather while a writer is busy. A batch is one transaction
 * ({@link dev.tidemark.core.events.commit.BatchWrite}):
 *
 * <ol>
 *   <li>the ledger of {@code messageId}s, in the order of their hashes, so that writers wait but never deadlock;
 *   <li>COPY of the rows that are new, with ids from blocks of the project's sequence, in the order in which the events were sent;
 *   <li>dead letters and warnings, and the caller's companion;
 *   <li>the project's commit lock, then the {@code _commit} rows with the next positions. They are two statements, since the
 *       snapshot of the second must be taken under the lock. Only what follows it is serial in a project; so positions are
 *       without gaps and in the order of commits, on however many nodes;
 *   <li>is the snapshot still true? Its version is read along with that, and the copied tables cannot change from here on. If
 *       not, the requests plan again;
 *   <li>the commit.
 * </ol>
 *
 * Then each request is answered, and a hint is sent.
 *
 * <p><b>When it fails.</b> A conflict is retried. If the connection is lost the commit may or may not have happened: nobody
 * is told that it did, and whoever sends again with its {@code messageId}s counts once. If PostgreSQL refuses a value, the
 * row at fault is searched by halves, becomes a dead letter, and the rest is written.
 */
@NullMarked
package dev.tidemark.core.events.commit;

import org.jspecify.annotations.NullMarked;
