package dev.tidemark.imports;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How a file is written; what is empty is found out.
 *
 * @param delimiter what is between the fields of CSV
 * @param encoding of its text; without it and without a byte order mark, UTF-8
 */
record FileFormat(Optional<Kind> kind, Optional<Character> delimiter, Optional<Charset> encoding) {

    enum Kind {
        CSV,
        NDJSON
    }
}
