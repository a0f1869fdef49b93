/**
 * Makes rows of events, or of another rollup's rows, and merges them into those that are there: by SQL alone where nothing is sketched
 * ({@link dev.tidemark.rollups.rows.RowStore}), else by this program ({@link dev.tidemark.rollups.rows.SketchStore}), which reads each
 * event once for several rollups and each row once for many events.
 */
@NullMarked
package dev.tidemark.rollups.rows;

import org.jspecify.annotations.NullMarked;
