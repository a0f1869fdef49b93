package dev.tidemark.server.live;

import dev.tidemark.core.memory.SharedMemory;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ValueSize;

/**
 * What the requests of all sockets take while their operations last: a subscription keeps its variables and its document, and there
 * may be a hundred on each of a thousand sockets. Those of event streams are counted as those of any request over HTTP.
 */
public final class RequestsHeld {

    /** A document becomes a tree, with a place in the text for each node. */
    private static final long TREE = 32;

    private final SharedMemory memory;

    RequestsHeld(long most) {
        this.memory = new SharedMemory(most);
    }

    /** Counted until it is closed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws CallerException {@code UNAVAILABLE} when so much cannot be held now */
    Held hold(Caller caller, GraphqlRequest request) {
        var share = memory.share(caller.holder());
        if (!share.take(size(request))) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE,
                    "More is subscribed to than can be held now: complete some operations, or send shorter variables and"
                            + " documents.");
        }
        return share::giveBack;
    }

    private static long size(GraphqlRequest request) {
        return ValueSize.of(request.variables())
                + ValueSize.of(request.extensions())
                + TREE * request.query().map(String::length).orElse(0);
    }
}
