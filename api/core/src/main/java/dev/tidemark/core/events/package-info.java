/**
 * The way in and out of a project's events.
 *
 * <p><b>Planning</b> happens on the thread of the request, so on all cores: {@link dev.tidemark.core.events.Admission} maps,
 * validates and checks; {@link dev.tidemark.core.events.Planner} flattens each event, finds its columns in a snapshot of the
 * catalogue (making what is missing, once for all events of the request), and encodes it as a row of PostgreSQL's binary
 * COPY. What remains open is the row's id and whether its {@code messageId} was seen before.
 *
 * <p><b>Group commit.</b> The rows queue up in the project's {@link dev.tidemark.core.events.CommitQueue}. A few writers
 * take, each time, everything that waits; batches grow because requests gather while a writer is busy. A batch is one
 * transaction ({@link dev.tidemark.core.events.BatchWrite}):
 *
 * <ol>
 *   <li>the ledger of {@code messageId}s, in the order of their hashes, so that writers wait but never deadlock;
 *   <li>COPY of the rows that are new, with ids from a block of the project's sequence;
 *   <li>dead letters and warnings, and the caller's companion;
 *   <li>is the snapshot still true? The copied tables cannot change from here on. If not, the requests plan again;
 *   <li>last, the project's commit lock, then the {@code _commit} rows with the next positions, then the commit. The lock
 *       and the insert are two statements, since the snapshot of the second must be taken under the lock. Only this
 *       step is serial in a project; so positions are without gaps and in the order of commits, on however many nodes.
 * </ol>
 *
 * Then each request is answered, and a hint is sent.
 *
 * <p><b>When events go.</b> By age, when whole partitions are dropped ({@link dev.tidemark.core.events.ExpiryJob}), or because a
 * person is to be forgotten ({@link dev.tidemark.core.events.ErasureJob}). Their ranges in {@code _commit} stay or go, and
 * whoever follows events passes those that are empty; positions never start anew. How many events there are is counted apart
 * ({@link dev.tidemark.core.events.TotalStore}). Their messageIds stay in the ledger for its time, so that a late retry
 * brings nothing back.
 *
 * <p><b>When it fails.</b> A conflict is retried. If the connection is lost the commit may or may not have happened: nobody
 * is told that it did, and whoever sends again with its {@code messageId}s counts once. If PostgreSQL refuses a value, the
 * row at fault is searched by halves, becomes a dead letter, and the rest is written.
 */
@NullMarked
package dev.tidemark.core.events;

import org.jspecify.annotations.NullMarked;
