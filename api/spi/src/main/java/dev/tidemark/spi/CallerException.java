package dev.tidemark.spi;

import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that the caller did and can mend. Any other exception is a defect of ours: it is logged once with an id, and
 * the caller gets the id.
 */
public final class CallerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final List<String> path;

    /**
     * @param message a sentence for the caller that names the place and the remedy
     * @param path the way to the argument at fault, from the input's root; empty when it is the whole
     */
    public CallerException(ErrorCode code, String message, String... path) {
        super(message);
        this.code = code;
        this.path = List.of(path);
    }

    /** The same about an argument that stands inside others, the outermost first. */
    public CallerException within(String... outer) {
        var whole = Stream.concat(Stream.of(outer), path.stream()).toArray(String[]::new);
        return new CallerException(code, sentence(), whole);
    }

    public ErrorCode code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public List<String> path() {
        return path;
    }
}
