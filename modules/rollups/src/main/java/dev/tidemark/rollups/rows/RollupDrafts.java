package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import java.util.List;

/** What is to be merged into the rows of one rollup. */
record RollupDrafts(Rollup rollup, List<Draft> drafts) {}
