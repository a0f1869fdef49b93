package dev.tidemark.spi;

/**
 * Tells callers by tokens that a module hands out itself, and that are no keys of the engine's. They come wherever a key may come:
 * in the headers of a request, and in the first message of a socket. Called for each request, and again and again while a
 * connection is open, so it is quick; from any thread.
 */
@FunctionalInterface
public interface TokenReader {

    /**
     * The caller whose token it is.
     *
     * @param token the whole text, its mark included; by whoever sent it, so it may be anything
     * @throws CallerException {@code UNAUTHENTICATED} when it is wrong, expired or revoked
     */
    Caller caller(String token);
}
