/**
 * Summaries of values, of bounded size, that can be merged: how many are different, which are most frequent, how numbers are
 * distributed. They know nothing of rollups, and what is stored of them is what extensions of PostgreSQL store.
 */
@NullMarked
package dev.tidemark.rollups.sketches;

import org.jspecify.annotations.NullMarked;
