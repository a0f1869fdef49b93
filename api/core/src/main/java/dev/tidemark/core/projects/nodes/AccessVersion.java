package dev.tidemark.core.projects.nodes;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The version of keys and projects that this node goes by; the package's description has the protocol. */
public final class AccessVersion {

    private static final long TRUST = Duration.ofSeconds(2).toNanos();
    private static final long SILENCE = Duration.ofSeconds(3).toNanos();
    private static final long PATIENCE = Duration.ofMillis(10).toNanos();

    private final AccessVersionStore versions;
    private final NodeStore nodes;
    private final UUID id;
    private final NodeDescription description;
    private final LongSupplier ticker;
    private final AtomicLong applied = new AtomicLong();
    private volatile long roundBegan;

    /** @param ticker monotonic nanoseconds */
    public AccessVersion(
            AccessVersionStore versions, NodeStore nodes, UUID id, NodeDescription description, LongSupplier ticker) {
        this.versions = versions;
        this.nodes = nodes;
        this.id = id;
        this.description = description;
        this.ticker = ticker;
        this.roundBegan = ticker.getAsLong() - TRUST;
    }

    /** The version by which memories count now; empty: none does, ask the database. */
    public OptionalLong trusted() {
        // trust first: read after it, the version is at least the one that this trust was won with
        return ticker.getAsLong() - roundBegan < TRUST ? OptionalLong.of(applied.get()) : OptionalLong.empty();
    }

    /** A round: announce, read, and announce again what is new. */
    void refresh() {
        long announced;
        do {
            var began = ticker.getAsLong();
            announced = applied.get();
            nodes.announce(id, description, announced);
            raise(versions.current());
            roundBegan = began;
        } while (announced < applied.get());
    }

    /** Goes by a version that is known to be committed. */
    void raise(long version) {
        applied.accumulateAndGet(version, Math::max);
    }

    /** Trusts nothing until the next round. */
    void distrust() {
        roundBegan = ticker.getAsLong() - TRUST;
    }

    /** Returns when no node remembers anything older. */
    void awaitEverywhere(long version) {
        var began = ticker.getAsLong();
        while (nodes.anyBehind(version) && ticker.getAsLong() - began < SILENCE) {
            LockSupport.parkNanos(PATIENCE);
        }
    }
}
