package dev.tidemark.core.catalog;

import dev.tidemark.spi.ColumnType;
import java.util.Optional;

/** Which type a value would have as a new column, and whether it fits the column that is there. */
@SuppressWarnings("DoNotCallSuggester")
public final class Types {

    private Types() {}

    /**
     * The type of a new column for a value as {@link dev.tidemark.spi.Event} has it. Empty: no type holds it without
     * loss (an integer beyond 64 bits, a decimal beyond a double), so it belongs in {@code _extra}.
     */
    public static Optional<ColumnType> infer(Object value) {
        throw new UnsupportedOperationException();
    }

    public static Fit fit(ColumnType type, Object value) {
        throw new UnsupportedOperationException();
    }
}
