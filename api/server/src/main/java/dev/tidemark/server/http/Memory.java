package dev.tidemark.server.http;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ClientAddress;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.RequestMemory;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of requests are held at once, all senders together, from the reading to the answer. What is made of them (maps,
 * rows, the queue of the project) is some times as large, and goes with them; so this bounds the heap, however slow the database.
 *
 * <p>A sender holds at most as much as is free: dynamic thresholds, by Choudhury and Hahne ("Dynamic queue length thresholds for
 * shared-memory packet switches", 1998). One alone may have half, and a flood leaves to each other sender a part of its own.
 */
final class Memory implements Filter {

    private final long most;
    private final Map<String, Long> bySender = new HashMap<>();
    private long held;

    Memory(long most) {
        this.most = most;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var share = new Share(sender(request));
        request.context().register(share);
        try {
            chain.proceed();
        } finally {
            share.giveBack();
        }
    }

    /** By what it shows of itself before anything is read; several keys of a project are several senders. */
    private static String sender(ServerRequest request) {
        var headers = request.headers();
        return headers.first(HeaderNames.AUTHORIZATION)
                .or(() -> headers.first(Callers.API_KEY))
                .orElseGet(() -> ClientAddress.of(request));
    }

    private synchronized void take(Share share, long bytes) {
        var ofSender = bySender.getOrDefault(share.sender, 0L);
        var isAlone = held == share.bytes;
        if (!isAlone && ofSender + bytes > most - held) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE,
                    "More is being sent than can be held now: nothing of this request was taken, send it again in a"
                            + " moment.");
        }
        bySender.put(share.sender, ofSender + bytes);
        held += bytes;
        share.bytes += bytes;
    }

    private synchronized void giveBack(Share share) {
        held -= share.bytes;
        bySender.computeIfPresent(
                share.sender, (sender, bytes) -> bytes == share.bytes ? null : Long.valueOf(bytes - share.bytes));
        share.bytes = 0;
    }

    /** What one request holds. */
    private final class Share implements RequestMemory {

        private final String sender;
        private long bytes;

        Share(String sender) {
            this.sender = sender;
        }

        @Override
        public void take(long more) {
            if (more > 0) {
                Memory.this.take(this, more);
            }
        }

        void giveBack() {
            Memory.this.giveBack(this);
        }
    }
}
