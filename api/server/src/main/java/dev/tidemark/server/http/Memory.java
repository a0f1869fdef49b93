package dev.tidemark.server.http;

import dev.tidemark.core.memory.SharedMemory;
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

/**
 * How many bytes of requests are held at once, all senders together, from the reading to the answer. What is made of them (maps,
 * rows, the queue of the project) is some times as large, and goes with them; so this bounds the heap, however slow the database.
 */
final class Memory implements Filter {

    private final SharedMemory memory;

    Memory(long most) {
        this.memory = new SharedMemory(most);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var share = memory.share(sender(request));
        RequestMemory ofRequest = bytes -> take(share, bytes);
        try {
            ScopedValue.where(RequestMemory.CURRENT, ofRequest).run(chain::proceed);
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

    private static void take(SharedMemory.Share share, long bytes) {
        if (bytes <= 0 || share.takeAlone(bytes)) {
            return;
        }
        var isBeyondAll = share.isBeyondAll(bytes);
        // before the answer: whoever has it may send the next request on another connection
        share.giveBack();
        if (isBeyondAll) {
            throw new CallerException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "This request would take more memory than all requests together may have: send it in parts.");
        }
        throw new CallerException(
                ErrorCode.UNAVAILABLE,
                "More is being sent than can be held now: nothing of this request was taken, send it again in a"
                        + " moment.");
    }
}
