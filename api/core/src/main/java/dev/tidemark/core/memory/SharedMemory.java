package dev.tidemark.core.memory;

import java.util.HashMap;
import java.util.Map;

/**
 * Bytes that are held at once, by all together. Each holds at most as much as is free: dynamic thresholds, by Choudhury and Hahne
 * ("Dynamic queue length thresholds for shared-memory packet switches", 1998). One alone may have half, and a flood leaves to
 * each other a part of its own.
 */
public final class SharedMemory {

    private final long most;
    private final Map<String, Long> byHolder = new HashMap<>();
    private long held;

    public SharedMemory(long most) {
        this.most = most;
    }

    /** How many bytes one may hold when there is nobody else. */
    long mostOfOne() {
        return most / 2;
    }

    /** Nothing is held yet. */
    public Share share(String holder) {
        return new Share(holder);
    }

    /** What is held for one purpose; a holder may have several. */
    public final class Share {

        private final String holder;
        private long bytes;

        private Share(String holder) {
            this.holder = holder;
        }

        long bytes() {
            synchronized (SharedMemory.this) {
                return bytes;
            }
        }

        /** @return whether there was room for more; else nothing has changed */
        public boolean take(long more) {
            synchronized (SharedMemory.this) {
                if (ofHolder() + more > most - held - more) {
                    return false;
                }
                add(more);
                return true;
            }
        }

        /** The same, but when nothing else is held there is room for all. */
        public boolean takeAlone(long more) {
            synchronized (SharedMemory.this) {
                if (held != bytes || isBeyondAll(more)) {
                    return take(more);
                }
                add(more);
                return true;
            }
        }

        /** Whether it would have more than there is. */
        public boolean isBeyondAll(long more) {
            synchronized (SharedMemory.this) {
                return bytes + more > most;
            }
        }

        public void giveBack() {
            synchronized (SharedMemory.this) {
                add(-bytes);
            }
        }

        private long ofHolder() {
            return byHolder.getOrDefault(holder, 0L);
        }

        private void add(long more) {
            var ofHolder = ofHolder() + more;
            if (ofHolder == 0) {
                byHolder.remove(holder);
            } else {
                byHolder.put(holder, ofHolder);
            }
            held += more;
            bytes += more;
        }
    }
}
