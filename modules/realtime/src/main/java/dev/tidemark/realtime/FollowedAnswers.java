package dev.tidemark.realtime;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The answers to reports that are followed, of all projects. Each is held until there is another, and may have thousands of groups
 * with long texts, so they are counted together, and few are made at a time.
 */
final class FollowedAnswers {

    private static final int HEAP_OF_ANSWERS = 8;
    private static final int TURNS = 2;

    private final Semaphore turns = new Semaphore(TURNS, true);
    private final long most;
    private long held;

    FollowedAnswers(long most) {
        this.most = most;
    }

    static FollowedAnswers ofHeap() {
        return new FollowedAnswers(Runtime.getRuntime().maxMemory() / HEAP_OF_ANSWERS);
    }

    /** To one report. */
    Place place() {
        return new Place();
    }

    /** The last answer to a report, until it is closed. */
    final class Place implements AutoCloseable {

        private long bytes;
        private boolean isClosed;

        /**
         * Asks when it is its turn, and holds the answer instead of the one before.
         *
         * @throws CallerException {@code UNAVAILABLE} when all together would be too large; the one before is still held
         */
        RealtimeAnswer next(Supplier<RealtimeAnswer> ask) {
            turns.acquireUninterruptibly();
            try {
                var answer = ask.get();
                hold(answer.bytes());
                return answer;
            } finally {
                turns.release();
            }
        }

        @Override
        public void close() {
            synchronized (FollowedAnswers.this) {
                isClosed = true;
                held -= bytes;
                bytes = 0;
            }
        }

        private void hold(long next) {
            synchronized (FollowedAnswers.this) {
                if (isClosed) {
                    return;
                }
                if (held - bytes + next > most) {
                    throw new CallerException(
                            ErrorCode.UNAVAILABLE,
                            "The reports that are followed have more than can be held now: follow fewer, or choose"
                                    + " dimensions with fewer and shorter values.");
                }
                held += next - bytes;
                bytes = next;
            }
        }
    }
}
