/**
 * Takes rollups from their positions towards the last commit: whose turn it is, how many commits make a window, and what becomes of
 * those that fail.
 */
@NullMarked
package dev.tidemark.rollups.rolling;

import org.jspecify.annotations.NullMarked;
