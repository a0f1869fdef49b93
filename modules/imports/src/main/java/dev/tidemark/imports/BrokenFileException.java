package dev.tidemark.imports;

import java.io.Serial;

/** The bytes of a file end or lose their meaning amid it; whoever reads knows the line. */
final class BrokenFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    BrokenFileException(String fault, Throwable cause) {
        super(fault, cause);
    }
}
