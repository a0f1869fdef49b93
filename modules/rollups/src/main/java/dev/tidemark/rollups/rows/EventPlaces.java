package dev.tidemark.rollups.rows;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where in the row of an event stands what one rollup takes of it.
 *
 * @param passing whether it counts at all; empty: each does
 * @param grouping that of the moment that {@link ValueNumbers} makes a bucket of, and those of the dimensions
 * @param parts of each part of the rollup, the value
 * @param sketches of each sketch of the rollup, the value
 */
record EventPlaces(OptionalInt passing, List<Integer> grouping, List<Integer> parts, List<Integer> sketches) {}
