package dev.tidemark.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** A clock that is ahead of this machine's until it is set right, as a node's may be. Many threads may use it. */
public final class SetClock implements InstantSource {

    private volatile Duration ahead;

    /** @param ahead by how much, at first */
    public SetClock(Duration ahead) {
        this.ahead = ahead;
    }

    /** Sets it back to this machine's time. */
    public void setRight() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    /** As a node takes it. */
    public Clock utc() {
        return withZone(ZoneOffset.UTC);
    }
}
