package dev.tidemark.core.questions;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.util.function.Supplier;

/**
 * A property may get another type between the moment at which a statement is written and that at which it runs, and until this
 * node hears of it all statements are written by the type that was. The database then refuses them, which is no defect.
 */
record CatalogRaces(Catalogs catalogs) {

    /** Does the work, which writes its statements itself, once more when the tables are others than this node knew. */
    <T> T again(Project project, Supplier<T> work) {
        return unless(project, work, work);
    }

    /** Does work whose statements were written before. */
    <T> T told(Project project, Supplier<T> work) {
        return unless(project, work, () -> {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE, "A property has another type since just now: ask once more.");
        });
    }

    /** @param lost what is done when the statements were written by tables that are others now */
    private <T> T unless(Project project, Supplier<T> work, Supplier<T> lost) {
        var known = catalogs.of(project).version();
        try {
            return work.get();
        } catch (DatabaseException e) {
            if (SqlState.isUnfit(e.sqlState()) && catalogs.refresh(project).version() != known) {
                return lost.get();
            }
            throw e;
        }
    }
}
