package dev.tidemark.imports.uploads;

import dev.tidemark.spi.Submission;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Rows that are committed together.
 *
 * @param line where a row begins, by its place in the batch
 * @param checksum of all rows of the file up to here
 */
record Batch(List<Submission> rows, IntToLongFunction line, long checksum) {}
