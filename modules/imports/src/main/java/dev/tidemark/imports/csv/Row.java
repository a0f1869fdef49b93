package dev.tidemark.imports.csv;

import dev.tidemark.spi.ValueSize;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One record of a CSV file.
 *
 * @param line where it begins, from 1
 * @param isWhole false: it was too large, and the fields are only its beginning
 */
public record Row(long line, List<String> fields, boolean isWhole) {

    private static final char NOT_UTF_8 = '\uFFFD';

    /** Keeps the list as it is: whoever makes a row gives it up. */
    public Row {
        fields = Collections.unmodifiableList(fields);
    }

    /** Whether each of its bytes had a meaning. */
    boolean isReadable() {
        for (var field : fields) {
            if (field.indexOf(NOT_UTF_8) >= 0) {
                return false;
            }
        }
        return true;
    }

    public int checksum() {
        return fields.hashCode();
    }

    /** About how many it takes in memory. */
    public long bytes() {
        return ValueSize.of(fields);
    }

    /** As a line of CSV. */
    String text(char delimiter) {
        return fields.stream()
                .map(field -> field.indexOf(delimiter) < 0 && field.chars().noneMatch(Row::isSpecial)
                        ? field
                        : '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(String.valueOf(delimiter)));
    }

    private static boolean isSpecial(int character) {
        return character == '"' || character == '\n' || character == '\r';
    }
}
