/**
 * How far each rollup is, which of its buckets are to be made anew, and how it is doing. Who changes a rollup's rows holds its row of
 * {@code _rollup} by {@link dev.tidemark.rollups.progress.ProgressStore}: one at a time, whatever the work is.
 */
@NullMarked
package dev.tidemark.rollups.progress;

import org.jspecify.annotations.NullMarked;
