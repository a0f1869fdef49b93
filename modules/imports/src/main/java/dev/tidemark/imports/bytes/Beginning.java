package dev.tidemark.imports.bytes;

import dev.tidemark.imports.requests.FileFormat.Kind;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in UTF-8 of which the beginning was looked at.
 *
 * @param content all of it
 * @param text of the beginning
 */
public record Beginning(InputStream content, String text) {

    private static final int LOOKED_AT = 64 * 1024;
    private static final Pattern LIST = Pattern.compile("\\s*\\[\\s*([{\\]]|\\z)");
    private static final Pattern NAMED_DELIMITER = Pattern.compile("(?i)\"?sep=([^\"\r\n\\p{Alnum}])\"?\\R");
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    public static Beginning of(InputStream utf8) {
        try {
            var start = new byte[LOOKED_AT];
            var length = read(utf8, start);
            var content = new SequenceInputStream(new ByteArrayInputStream(start, 0, length), utf8);
            return new Beginning(content, new String(start, 0, length, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the first line, and what came with it. What is broken is found again, and told with its line, by whoever reads
     * the rows.
     */
    private static int read(InputStream content, byte[] start) throws IOException {
        var length = 0;
        try {
            while (length < start.length && !hasLine(start, length)) {
                var count = content.read(start, length, start.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (BrokenFileException e) {
            return length;
        }
        return length;
    }

    private static boolean hasLine(byte[] start, int length) {
        for (int i = 0; i < length; i++) {
            if (start[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** NDJSON begins with an object, and no header line looks like that. */
    public Kind kind() {
        if (LIST.matcher(text).lookingAt()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The file is one list of JSON: write an object a line (NDJSON), as jq -c '.[]' does.");
        }
        return text.stripLeading().startsWith("{") ? Kind.NDJSON : Kind.CSV;
    }

    /** What a first line such as {@code sep=;} says, as Excel writes and reads it; the header line follows it. */
    public Optional<Character> namedDelimiter() {
        var line = NAMED_DELIMITER.matcher(text);
        return line.lookingAt() ? Optional.of(line.group(1).charAt(0)) : Optional.empty();
    }

    /** What is named, else what the header line has most of, outside of quotes; a comma when it has none of them. */
    public char delimiter() {
        return namedDelimiter().orElseGet(this::mostFrequentDelimiter);
    }

    private char mostFrequentDelimiter() {
        var header = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        return DELIMITERS.stream()
                .max(Comparator.comparingLong(delimiter -> header.chars()
                        .filter(character -> character == delimiter)
                        .count()))
                .orElseThrow();
    }
}
