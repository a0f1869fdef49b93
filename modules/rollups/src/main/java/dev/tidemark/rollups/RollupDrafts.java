package dev.tidemark.rollups;

import java.util.List;

/** What is to be merged into the rows of one rollup. */
record RollupDrafts(Rollup rollup, List<Draft> drafts) {}
