package dev.tidemark.spi;

/**
 * The memory that one request may take, of what the server has for all of them together. It is bound to the threads that answer
 * the request, and given back when that is answered. {@link RequestBody} asks it for what it reads, and {@link JsonReader} for what
 * becomes many times as large.
 */
@FunctionalInterface
public interface RequestMemory {

    /** That of the request which this thread answers. */
    ScopedValue<RequestMemory> CURRENT = ScopedValue.newInstance();

    /** That of the request which this thread answers; as much as there is where it answers none. */
    static RequestMemory current() {
        return CURRENT.orElse(bytes -> {});
    }

    /** Works on what is not held until the request is answered, such as rows of a stream that are stored one batch after the other. */
    static void without(Runnable work) {
        ScopedValue.where(CURRENT, bytes -> {}).run(work);
    }

    /**
     * Takes memory for bytes of the request.
     *
     * @throws CallerException {@code UNAVAILABLE} when the server, or the sender's part of it, holds as much as it may; {@code
     *     PAYLOAD_TOO_LARGE} when no request may have as many
     */
    void take(long bytes);
}
