package dev.tidemark.core.questions.aggregates;

import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A measure that takes a statement of its own, once the groups are known. */
sealed interface Gathered permits TopValues, MergedValues {

    /** Empty when the measure takes none. */
    static Optional<Gathered> of(Measure measure) {
        return switch (measure) {
            case Measure.Top top -> Optional.of(new TopValues(top, Filter.ALL));
            case Measure.Merged merged -> Optional.of(new MergedValues(merged, Filter.ALL));
            case Measure.Filtered(var inner, var filter) -> of(inner).map(gathered -> gathered.where(filter));
            default -> Optional.empty();
        };
    }

    /** Only of rows that pass. */
    Gathered where(Filter other);

    /** Whether its values are numbers, by which groups can be ordered and compared. */
    boolean isNumber();

    /**
     * Of each group that has rows, by its values of the groupings as {@link Groups#comparable} has them.
     *
     * @param listed the groups that are asked about
     */
    Map<List<@Nullable Object>, @Nullable Object> read(Groups groups, Snapshot snapshot, Listed listed);
}
