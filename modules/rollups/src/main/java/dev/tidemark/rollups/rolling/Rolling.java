package dev.tidemark.rollups.rolling;

import dev.tidemark.rollups.definition.Part;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Takes rollups forward, window by window.
 *
 * @param events of one window, about
 * @param ticker monotonic nanoseconds
 */
public record Rolling(
        WindowStore windows, ProgressStore progress, Questions questions, int events, LongSupplier ticker) {

    /** PostgreSQL's code for numeric_value_out_of_range. */
    private static final String BEYOND_RANGE = "22003";

    /**
     * Until they are where all are to be, or the time is up.
     *
     * @param end by the ticker
     * @throws CallerException when they do not fit their collection any more, or a number is beyond its type
     */
    public void advance(Database database, Project project, Due due, long end, BooleanSupplier isStopping) {
        try {
            while (!isStopping.getAsBoolean()
                    && database.transaction(connection -> windows.roll(connection, project, due, events))
                    && ticker.getAsLong() - end < 0) {
                // each step is a transaction of its own
            }
        } catch (DatabaseException e) {
            throw e.sqlState().equals(BEYOND_RANGE) ? Part.tooLarge() : e;
        }
    }

    /** Lets those answer questions that have what was there before them, and no others. */
    public void settle(Database database, Project project) {
        if (database.transaction(progress::isToSettle)) {
            questions.changeRelations(project, database, progress::settle);
        }
    }
}
