package dev.tidemark.spi;

import java.util.Optional;

/**
 * What a subscription tells, item after item. The next item is asked for when the client has taken the one before, so a slow
 * client slows its own feed and nobody else: whatever is gathered for it meanwhile must be bounded.
 */
public interface Feed<T> extends AutoCloseable {

    /**
     * The next item; waits until there is one. Called by one virtual thread, which may block.
     *
     * @return empty: there will be none any more, or the feed was closed
     * @throws CallerException ends the subscription, and is told to the client
     * @throws InterruptedException when the thread is to end
     */
    Optional<T> next() throws InterruptedException;

    /** Ends it, and the wait for its next item. From any thread, perhaps more than once. */
    @Override
    void close();
}
