package dev.tidemark.core.catalog.changes;

import dev.tidemark.spi.ColumnType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for of a property and takes its time; a row of {@code _property_change}.
 *
 * @param collection the name of its table
 * @param type the new one; empty: an index is made
 * @param total how many events there were when it began
 * @param done how many events were looked at
 * @param position up to this commit
 * @param swappedAt the commit up to which {@code _extra} may still hold what the column holds too; null: it has its old type
 * @param unconverted how many values the new type does not hold
 * @param sample one of them, as JSON
 * @param problem why it waits; when it is finished, why it has failed
 */
public record PropertyChange(
        long id,
        String collection,
        String column,
        Optional<ColumnType> type,
        Instant requestedAt,
        long total,
        long done,
        long position,
        @Nullable Long swappedAt,
        long unconverted,
        Optional<String> sample,
        Optional<String> problem,
        Optional<Instant> finishedAt) {

    /** The column that is filled with the new type, until it takes the place of the old one. */
    String shadow() {
        return "_new_" + id;
    }
}
