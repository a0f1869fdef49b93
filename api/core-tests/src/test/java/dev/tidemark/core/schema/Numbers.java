package dev.tidemark.core.schema;

import dev.tidemark.spi.Feed;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells 1, 2, 3 … as they are asked for. */
class Numbers implements Feed<Object> {

    final AtomicInteger told = new AtomicInteger();
    volatile boolean isClosed;
    private final int count;

    Numbers(int count) {
        this.count = count;
    }

    @Override
    public Optional<Object> next() {
        return told.get() == count ? Optional.empty() : Optional.of(told.incrementAndGet());
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
