package dev.tidemark.core.catalog;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants and dates out of text that is mostly neither: strictly, and without exceptions, since every new value is
 * tried.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class IsoText {

    private IsoText() {}

    /**
     * An instant as RFC 3339 writes it, such as {@code 2020-01-02T03:04:05.678901+01:00}: with a zone, in the years 1 to
     * 9999, no leap second, no 24:00, at most microseconds. Null: it is none.
     */
    public static @Nullable Instant instant(String text) {
        throw new UnsupportedOperationException();
    }

    /** A date such as {@code 2020-01-02}, in the years 1 to 9999. Null: it is none. */
    public static @Nullable LocalDate date(String text) {
        throw new UnsupportedOperationException();
    }
}
