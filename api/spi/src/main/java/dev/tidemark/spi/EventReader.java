package dev.tidemark.spi;

/**
 * Reads once more what a sender sent and what was kept as a {@link Submission.Unreadable} of its source, perhaps mended by
 * someone since.
 */
@FunctionalInterface
public interface EventReader {

    /**
     * The event that an object means.
     *
     * @param sent in the sender's own shape, with what the module said of its request ({@link Submission.Unreadable#around})
     * @param origin of the request that brought it
     * @throws CallerException when it is no event still
     */
    Event read(JsonObject sent, Origin origin);
}
