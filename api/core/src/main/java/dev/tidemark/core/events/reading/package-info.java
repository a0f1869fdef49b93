/**
 * Committed events by their positions. {@code _commit} says which ids of which collection a commit has; the rows are found by
 * their keys, and read by a snapshot of the catalogue that is still true afterwards.
 */
@NullMarked
package dev.tidemark.core.events.reading;

import org.jspecify.annotations.NullMarked;
