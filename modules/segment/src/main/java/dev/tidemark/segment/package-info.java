/**
 * Segment's HTTP API, so that its SDKs send here by a change of host and key.
 *
 * <p>Whoever keeps that contract answers {@code 200} to everything that a retry cannot mend, since an SDK drops a batch for
 * ever after a {@code 4xx}: a message that is no event becomes a dead letter, its batch is stored. What a retry does mend (the
 * database is away, the queue is full) is {@code 503} or {@code 429}, with {@code Retry-After}. A message's time is by the sender's
 * clock, which {@code sentAt} sets right.
 */
@NullMarked
package dev.tidemark.segment;

import org.jspecify.annotations.NullMarked;
