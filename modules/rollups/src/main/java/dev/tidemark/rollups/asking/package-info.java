/**
 * Answers questions from rollups: which rollup can tell what was asked of a collection ({@link
 * dev.tidemark.rollups.asking.RollupRewriter}), and what it reads for it, its rows and beside them the events that are not in these yet.
 */
@NullMarked
package dev.tidemark.rollups.asking;

import org.jspecify.annotations.NullMarked;
