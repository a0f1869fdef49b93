package dev.tidemark.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one value of the rows of a group, for {@link Measure.Merged}. Used by one thread. */
public interface Merger {

    /** @param values what the measure's fragments are of one row; bytea is a {@code byte[]}, others as {@link Snapshot} has them */
    void add(List<@Nullable Object> values);

    /** How much memory it takes now, about: a question has as much of it as an answer may. Asked after each row. */
    long bytes();

    /** The measure of all rows that were added. */
    @Nullable
    Object result();
}
