package dev.tidemark.server.live;

import dev.tidemark.core.modules.Settings;
import java.time.Duration;

/**
 * How many live connections there may be, and how long they are waited for.
 *
 * @param connectionsOfKey sockets and event streams of one key
 * @param operationsOfSocket what one socket may have under way
 * @param initWait how long a socket may be silent before it says who it is
 * @param keepAlive how often a client is asked for a sign of life
 * @param requestBytes what the requests of all sockets may take while their operations last
 */
public record LiveSettings(
        int connectionsOfKey, int operationsOfSocket, Duration initWait, Duration keepAlive, long requestBytes) {

    /** What connectionInitWaitTimeout is in the protocol's own server. */
    private static final Duration INIT_WAIT = Duration.ofSeconds(3);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final int HEAP_OF_REQUESTS = 8;

    /** With a part of the heap for requests. */
    public LiveSettings(int connectionsOfKey, int operationsOfSocket, Duration initWait, Duration keepAlive) {
        this(
                connectionsOfKey,
                operationsOfSocket,
                initWait,
                keepAlive,
                Runtime.getRuntime().maxMemory() / HEAP_OF_REQUESTS);
    }

    public static LiveSettings read(Settings settings) {
        return new LiveSettings(
                settings.read(
                        "live.connections", 1_000, "How many sockets and event streams one key may have at a time."),
                settings.read("live.operations", 100, "How many operations one socket may have at a time."),
                INIT_WAIT,
                KEEP_ALIVE);
    }
}
