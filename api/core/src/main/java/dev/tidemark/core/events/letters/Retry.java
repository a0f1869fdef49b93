package dev.tidemark.core.events.letters;

import dev.tidemark.core.json.MergePatch;

/**
 * What is asked of dead letters.
 *
 * @param patch applied to each letter's raw input
 * @param after the id after which to begin
 * @param dryRun tell, and change nothing
 */
record Retry(LetterFilter filter, MergePatch patch, long after, boolean dryRun) {}
