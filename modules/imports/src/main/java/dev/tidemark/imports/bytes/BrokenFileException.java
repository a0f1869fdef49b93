package dev.tidemark.imports.bytes;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.Serial;

/** The bytes of a file end or lose their meaning amid it; whoever reads knows the line. */
public final class BrokenFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public BrokenFileException(String fault, Throwable cause) {
        super(fault, cause);
    }

    /** @param line the last one that could be read */
    public CallerException behind(long line) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "The file is broken behind line " + line + ": " + getMessage()
                        + ". Mend it and send it with the same id: the rows that are stored are skipped.");
    }
}
