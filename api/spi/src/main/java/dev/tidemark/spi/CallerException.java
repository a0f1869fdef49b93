package dev.tidemark.spi;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that the caller did and can mend. Any other exception is a defect of ours: it is logged once with an id, and
 * the caller gets the id.
 */
public final class CallerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ErrorCode code;
    private final List<String> path;
    private final Duration retryAfter;
    private final long left;

    /**
     * @param message a sentence for the caller that names the place and the remedy
     * @param path the way to the value at fault: of a mutation from its input's fields, else from the field's arguments; empty
     *     when it is the whole
     */
    public CallerException(ErrorCode code, String message, String... path) {
        this(code, message, SOON, 0, List.of(path));
    }

    private CallerException(ErrorCode code, String message, Duration retryAfter, long left, List<String> path) {
        super(message);
        this.code = code;
        this.path = path;
        this.retryAfter = retryAfter;
        this.left = left;
    }

    /**
     * The same request will do later, and it is known when.
     *
     * @param left as much of a limit, in its unit, will do at once
     */
    public static CallerException until(ErrorCode code, String message, Duration retryAfter, long left) {
        return new CallerException(code, message, retryAfter, left, List.of());
    }

    /** The same about an argument that stands inside others, the outermost first. */
    public CallerException within(String... outer) {
        var whole = Stream.concat(Stream.of(outer), path.stream()).toList();
        return new CallerException(code, sentence(), retryAfter, left, whole);
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

    /** When to try again, if the code is one of those that pass: {@code Retry-After} over HTTP. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** What is left of the limit that was met: {@code RateLimit} over HTTP. */
    public long left() {
        return left;
    }
}
