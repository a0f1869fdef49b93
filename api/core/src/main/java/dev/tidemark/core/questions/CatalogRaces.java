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
        var known = catalogs.of(project).version();
        try {
            return work.get();
        } catch (DatabaseException e) {
            if (!isLost(project, known, e)) {
                throw e;
            }
            return work.get();
        }
    }

    /** Does work whose statements were written before. */
    <T> T told(Project project, Supplier<T> work) {
        var known = catalogs.of(project).version();
        try {
            return work.get();
        } catch (DatabaseException e) {
            if (!isLost(project, known, e)) {
                throw e;
            }
            throw new CallerException(
                    ErrorCode.UNAVAILABLE, "A property has another type since just now: ask once more.");
        }
    }

    /** @param known the version of the catalogue by which the statement was written */
    private boolean isLost(Project project, long known, DatabaseException failure) {
        return SqlState.isUnfit(failure.sqlState()) && catalogs.refresh(project).version() != known;
    }
}
