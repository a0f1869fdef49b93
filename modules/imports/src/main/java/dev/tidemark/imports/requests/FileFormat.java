package dev.tidemark.imports.requests;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How a file is written; what is empty is found out.
 *
 * @param delimiter what is between the fields of CSV
 * @param encoding of its text; without it and without a byte order mark, UTF-8
 */
public record FileFormat(Optional<Kind> kind, Optional<Character> delimiter, Optional<Charset> encoding) {

    public enum Kind {
        CSV,
        NDJSON
    }
}
