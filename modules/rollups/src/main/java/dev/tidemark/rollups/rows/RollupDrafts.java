package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import java.util.List;

/**
 * What is to be merged into the rows of one rollup.
 *
 * @param drafts in the order of their places
 */
record RollupDrafts(Rollup rollup, List<Draft> drafts) {}
