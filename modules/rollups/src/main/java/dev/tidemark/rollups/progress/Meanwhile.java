package dev.tidemark.rollups.progress;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import java.util.Set;
import java.util.function.Supplier;

/** A rollup may be dropped, or another be made of it, between two looks at it. */
public final class Meanwhile {

    /** Of an unknown table, and of a row that is referred to or refers to none. */
    private static final Set<String> GONE = Set.of("42P01", "23503");

    private Meanwhile() {}

    /**
     * Does something with a rollup.
     *
     * @throws CallerException when someone else was faster
     */
    public static <T> T told(String rollup, Supplier<T> act) {
        try {
            return act.get();
        } catch (DatabaseException e) {
            throw GONE.contains(e.sqlState()) ? changed(rollup) : e;
        }
    }

    public static CallerException changed(String rollup) {
        return new CallerException(
                ErrorCode.CONFLICT,
                "Rollup \"" + rollup + "\", or one that goes with it, was made or dropped a moment ago: ask again.");
    }
}
