package dev.tidemark.core.memory;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many bytes of answers are held at once, those of all callers together, from what the database gives to what was sent. An
 * answer is some times as large while it is made, as values and as text; so this bounds the heap, however much is asked for at a
 * time and however slowly it is read.
 */
public final class AnswerMemory {

    private static final int HEAP_OF_ANSWERS = 16;

    private static final ScopedValue<Share> CURRENT = ScopedValue.newInstance();

    private final SharedMemory memory;

    private AnswerMemory(SharedMemory memory) {
        this.memory = memory;
    }

    public static AnswerMemory ofHeap() {
        return new AnswerMemory(new SharedMemory(Runtime.getRuntime().maxMemory() / HEAP_OF_ANSWERS));
    }

    /** How many bytes the database may give at once: no more than one answer may have. */
    public static long largestResult() {
        return ofHeap().memory.mostOfOne();
    }

    /** Of the answer for which this thread works; empty: for none, and what it reads is held by nobody. */
    public static Optional<Share> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    public Share share(Caller caller) {
        return share(caller.holder());
    }

    /** @param holder among whom all is shared */
    public Share share(String holder) {
        return new Share(holder, memory.share(holder));
    }

    /** What is held of one answer. It is given back when the answer was sent. */
    public final class Share implements AutoCloseable {

        private final String holder;
        private final SharedMemory.Share share;

        private Share(String holder, SharedMemory.Share share) {
            this.holder = holder;
            this.share = share;
        }

        /** Among whom all is shared. */
        public String holder() {
            return holder;
        }

        /** Works for the answer. */
        public void run(Runnable work) {
            ScopedValue.where(CURRENT, this).run(work);
        }

        /** The same, with a result. */
        public <T> T call(Supplier<T> work) {
            return ScopedValue.where(CURRENT, this).call(work::get);
        }

        /**
         * Takes memory for bytes of the answer.
         *
         * @throws CallerException {@code QUERY_TOO_COMPLEX} when no answer may have as many, {@code UNAVAILABLE} when all of them
         *     together, or the caller's, have as many as they may
         */
        public void take(long more) {
            if (share.bytes() + more > memory.mostOfOne()) {
                throw new CallerException(
                        ErrorCode.QUERY_TOO_COMPLEX,
                        "The answer has more than %,d MB: ask for fewer items or fields at once."
                                .formatted(memory.mostOfOne() >> 20));
            }
            if (!share.take(more)) {
                throw new CallerException(
                        ErrorCode.UNAVAILABLE, "More is asked for than can be held now: ask again in a moment.");
            }
        }

        /** The same, until it holds so many. */
        public void takeUpTo(long all) {
            take(Math.max(0, all - share.bytes()));
        }

        /** Of what was held so far, all was sent. */
        @Override
        public void close() {
            share.giveBack();
        }
    }
}
