package dev.tidemark.core.events.commit;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.StaleCatalogException;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches of one project, and decides what a failure means for the requests in them. */
public final class BatchWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    private final Databases databases;
    private final Catalogs catalogs;
    private final Notifications notifications;
    private final IngestMeters meters;
    private final Project project;
    private final BatchWrite write;

    public BatchWriter(
            Databases databases,
            Catalogs catalogs,
            Notifications notifications,
            IngestMeters meters,
            Project project,
            long letterBytesAnHour) {
        this.databases = databases;
        this.catalogs = catalogs;
        this.notifications = notifications;
        this.meters = meters;
        this.project = project;
        this.write = new BatchWrite(catalogs, project, new IdStore(), letterBytesAnHour);
    }

    /**
     * Returns when the batch is committed.
     *
     * @throws StaleCatalogException when the requests have to be planned again: nothing was written
     * @throws CallerException {@code UNAVAILABLE} when the database went away: perhaps it was written
     */
    public void write(List<Prepared> batch, Optional<CompanionWrite> companion) {
        while (true) {
            try {
                var begun = System.nanoTime();
                databases.of(project).transaction(connection -> {
                    write.run(connection, batch, companion);
                    return batch;
                });
                meters.committed(Duration.ofNanos(System.nanoTime() - begun));
                notifications.send(Notifications.COMMITS, project.slug());
                return;
            } catch (DatabaseException e) {
                if (companion.isPresent() && companion.get().failed()) {
                    throw e;
                }
                recover(batch, e);
            } catch (CallerException e) {
                throw e.code() == ErrorCode.QUERY_TIMEOUT && companion.isEmpty() ? away() : e;
            }
        }
    }

    /** Returns when the batch was mended and can be written again. */
    private void recover(List<Prepared> batch, DatabaseException e) {
        var failure = Failure.of(e);
        if (failure.isPerhapsOfThePlan() && isSurelyStale(batch)) {
            throw new StaleCatalogException();
        }
        if (failure.isOfTheDatabase()) {
            LOG.warn("A batch of project {} was not stored: SQLSTATE {}", project.slug(), failure.state());
            throw away();
        }
        // what PostgreSQL makes of a value of another type than its column's can be any failure
        if (failure.isOfThePlan() || isStale(batch)) {
            throw new StaleCatalogException();
        }
        if (!failure.isOfTheData() || !leaveOutRefused(batch, failure)) {
            throw e;
        }
    }

    private static CallerException away() {
        return new CallerException(
                ErrorCode.UNAVAILABLE,
                "The database went away while the events were written: send them again. Events with a messageId count"
                        + " once, however often they are sent.");
    }

    private boolean isStale(List<Prepared> batch) {
        var version = catalogs.refresh(project).version();
        return batch.stream().anyMatch(request -> request.catalog().version() != version);
    }

    /** Not where that cannot be asked. */
    private boolean isSurelyStale(List<Prepared> batch) {
        try {
            return isStale(batch);
        } catch (DatabaseException e) {
            return false;
        }
    }

    private boolean leaveOutRefused(List<Prepared> batch, Failure failure) {
        var refused = databases.of(project).transaction(connection -> write.refused(connection, batch));
        for (var reference : refused) {
            var id = UUID.randomUUID();
            LOG.warn(
                    "Project {}: PostgreSQL refused an event, SQLSTATE {}, fault {}",
                    project.slug(),
                    failure.state(),
                    id);
            var reason = new Refusal(
                    "not_storable",
                    "",
                    "The database cannot hold this event, most likely because a text in it is too long for an index or"
                            + " its values are too many for a row (fault " + id + ").");
            batch.stream()
                    .filter(request -> request.tables().contains(reference.rows()))
                    .forEach(request -> request.leaveOut(reference.rows(), reference.row(), reason));
        }
        return !refused.isEmpty();
    }
}
