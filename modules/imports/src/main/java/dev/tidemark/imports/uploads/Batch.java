package dev.tidemark.imports.uploads;

import dev.tidemark.imports.files.Problem;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Rows that are committed together.
 *
 * @param types of properties that the file shall make so
 * @param line where a row begins, by its place in the batch
 * @param checksum of all rows of the file up to here
 */
public record Batch(Map<String, ColumnType> types, List<Submission> rows, IntToLongFunction line, long checksum) {

    /** Why a row is refused. Who could not read it has said where it stands; who refuses an event does not know. */
    public Problem problem(int place, Refusal reason) {
        var problem = Problem.of(line.applyAsLong(place), reason);
        return rows.get(place) instanceof Submission.Unreadable ? problem : problem.placed();
    }
}
