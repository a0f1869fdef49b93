package dev.tidemark.imports.uploads;

import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * The import of one file, as far as it is committed.
 *
 * @param collection of all rows; empty: each row names its own
 * @param file what the file is called where it comes from; "" when nobody said
 * @param options how the file is read, as the request that began it has it
 * @param checksum of the rows dealt with, in their order
 */
public record Import(
        String id,
        Optional<String> collection,
        String file,
        String options,
        long rows,
        long stored,
        long warned,
        long duplicates,
        long refused,
        long checksum,
        boolean isFinished,
        Instant startedAt,
        Instant updatedAt) {

    /** The one that a request begins: nothing of it is committed yet. */
    public static Import begun(ImportRequest request, Instant now) {
        return new Import(
                request.id(),
                request.mapping().destination().collection(),
                request.file().orElse(""),
                request.options(),
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                now,
                now);
    }

    Import plus(Tally batch, long checksumNow, Instant now) {
        return new Import(
                id,
                collection,
                file,
                options,
                rows + batch.rows(),
                stored + batch.stored(),
                warned + batch.warned(),
                duplicates + batch.duplicates(),
                refused + batch.refused(),
                checksumNow,
                false,
                startedAt,
                now);
    }

    Import finished(Instant now) {
        return new Import(
                id,
                collection,
                file,
                options,
                rows,
                stored,
                warned,
                duplicates,
                refused,
                checksum,
                true,
                startedAt,
                now);
    }

    /** @param fact what is so with this import, as the end of a sentence */
    CallerException conflict(String fact) {
        return new CallerException(ErrorCode.CONFLICT, "The import " + id + " " + fact);
    }
}
