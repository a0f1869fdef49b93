/**
 * What a rollup is: what people ask for ({@link dev.tidemark.rollups.definition.RollupInput}), the value that is made of it ({@link
 * dev.tidemark.rollups.definition.Rollup}), the table that follows from it ({@link dev.tidemark.rollups.definition.RollupTable}). What a
 * row keeps is told in {@link dev.tidemark.rollups.definition.Part}s, which SQL and this program merge alike, and in sketches.
 */
@NullMarked
package dev.tidemark.rollups.definition;

import org.jspecify.annotations.NullMarked;
