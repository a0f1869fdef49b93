package dev.tidemark.spi;

/**
 * The memory that one request may take, of what the server has for all of them together. It lies in the context of the
 * request, and is given back when the request is answered. {@link RequestBody} asks it for what it reads.
 */
@FunctionalInterface
public interface RequestMemory {

    /**
     * Takes memory for bytes of the request.
     *
     * @throws CallerException {@code UNAVAILABLE} when the server, or the sender's part of it, holds as much as it may
     */
    void take(long bytes);
}
