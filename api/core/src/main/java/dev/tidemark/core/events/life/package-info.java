/**
 * When events go: by age, when whole partitions are dropped ({@link dev.tidemark.core.events.life.ExpiryJob}), or because a
 * person is to be forgotten ({@link dev.tidemark.core.events.life.ErasureJob}). Their ranges in {@code _commit} stay or go, and
 * whoever follows events passes those that are empty; positions never start anew. How many events there are is counted apart
 * ({@link dev.tidemark.core.events.life.TotalStore}). Their messageIds stay in the ledger for its time, so that a late retry
 * brings nothing back.
 */
@NullMarked
package dev.tidemark.core.events.life;

import org.jspecify.annotations.NullMarked;
