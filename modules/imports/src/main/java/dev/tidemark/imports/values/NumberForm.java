package dev.tidemark.imports.values;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a file writes numbers. */
public enum NumberForm {
    /** {@code 1234.5}, as JSON does. */
    POINT {
        @Override
        String plain(String text) {
            return text;
        }
    },

    /** {@code 1234,5}, perhaps with a point before each three digits: {@code 1.234,5}. */
    COMMA {
        @Override
        @Nullable
        String plain(String text) {
            return WITH_COMMA.matcher(text).matches() ? text.replace(".", "").replace(',', '.') : null;
        }
    };

    private static final Pattern WITH_COMMA =
            Pattern.compile("-?(\\d++|\\d{1,3}(\\.\\d{3})++)(,\\d++)?([eE][+-]?\\d++)?");

    /** The text as JSON writes the number that it may be; null: it is no number of this form. */
    abstract @Nullable String plain(String text);
}
