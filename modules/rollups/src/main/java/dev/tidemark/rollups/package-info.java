/**
 * Rollups: numbers about the events of a collection, by buckets of time and by dimensions, kept up to date in a table.
 *
 * <p><b>Rows that can be merged.</b> A row of a rollup's table {@code _rollup_<name>} is one bucket and one combination of
 * dimensions, with {@link dev.tidemark.rollups.definition.Part}s from which measures are made: a sum and a number of values make an
 * average. Parts of two rows merge into those of both, so an event that comes late changes the row of its old bucket, and a
 * question may join rows as it likes. A row is found by its time and {@code _key}, a hash of its dimensions in which a
 * missing value is a value.
 *
 * <p><b>Exactly once.</b> Commits have positions without gaps, in their order, and name the ids of their events. A rollup
 * remembers in {@code _rollup.position} up to which commit its rows are made. The job takes the next commits, merges exactly
 * the events with these ids, and moves the position, all in one transaction that checks the leader's term and holds the row
 * of {@code _rollup}. What is killed in between is as if it had never begun. The first commits are no different: a new
 * rollup begins at position 0.
 *
 * <p><b>Together.</b> Rollups of one collection that stand at one position read each event once: they are brought forward in one
 * transaction. Whoever of them is held by another is left out, and when it fails, each goes by itself, so that none holds up others. All whose
 * turn it is go to the same commit, and so come to stand at one position.
 *
 * <p><b>Questions</b> see one snapshot: the position, the table, and the events of all commits after the position, each of
 * which stands as a row of its own. So what is committed is counted, whether it is rolled up yet or not.
 *
 * <p><b>Made of one another.</b> A rollup with a {@code cascade} has no position: it goes by that of the other. Whoever changes rows of the
 * other notes in {@code _rollup_stale}, in the same transaction, which buckets are to be made anew of them; the job does that, as it
 * does for erased events, once a bucket is over. Both hold the other's row of {@code _rollup}, so that no change falls in between. A question reads
 * the stale buckets from the other: its numbers are those of the events at any moment.
 *
 * <p><b>Kept for a time.</b> First {@code kept_from} is moved, and nothing is added to earlier buckets any more; then their rows are
 * dropped, but those that are part of a bucket of a rollup made of them which is not over by then.
 *
 * <p><b>Where to read on.</b> Each package stands on those before it: {@code sketches}, {@code definition}, {@code progress}, {@code
 * rows}; and on these {@code rolling}, {@code upkeep} and {@code asking}, which know nothing of one another.
 */
@NullMarked
package dev.tidemark.rollups;

import org.jspecify.annotations.NullMarked;
