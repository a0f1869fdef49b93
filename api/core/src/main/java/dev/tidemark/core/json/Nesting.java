package dev.tidemark.core.json;

import dev.tidemark.spi.RequestMemory;

/**
 * Takes memory for objects and lists that come in a request. All else becomes some times as large as its text, which was taken when
 * it was read; an object of few bytes becomes many times as large.
 */
public final class Nesting {

    /** What all else would be of the same size. */
    private static final int BYTES = 16;

    private static final int AT_ONCE = 64;

    private final RequestMemory memory = RequestMemory.current();
    private int begun;

    /** One more begins. */
    public void begin() {
        if (++begun % AT_ONCE == 0) {
            memory.take(AT_ONCE * BYTES);
        }
    }
}
