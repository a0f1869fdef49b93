package dev.tidemark.spi;

import java.util.function.IntFunction;

/** Work on some number of things, of which so many may be too much for the memory: then it is tried with fewer. */
public final class FewerAtOnce {

    private static final int PART = 8;

    private FewerAtOnce() {}

    /**
     * What the work makes of the greatest number that is not too much, by eighths.
     *
     * @param most the number to begin with
     * @param work throws {@link CallerException} with {@code QUERY_TOO_COMPLEX}, having changed nothing, where so many are too much
     * @throws CallerException when a single one is, too
     */
    public static <T> T attempt(int most, IntFunction<T> work) {
        try {
            return work.apply(most);
        } catch (CallerException e) {
            if (e.code() != ErrorCode.QUERY_TOO_COMPLEX || most == 1) {
                throw e;
            }
            return attempt(Math.max(1, most / PART), work);
        }
    }
}
