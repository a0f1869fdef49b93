package dev.tidemark.core.events.life;

import dev.tidemark.core.catalog.changes.WorkStore;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.Partitions;
import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Deletes the events of persons, in pieces that lock nothing but what they delete; what is done is counted with it. */
public final class ErasureJob implements Job {

    static final WorkStore WORK = new WorkStore("events.erasure");

    private static final int PIECE = 5_000;
    private static final long PIECE_BYTES = 4 << 20;

    private final Catalogs catalogs;
    private final Supplier<List<ErasureListener>> listeners;
    private final Clock clock;
    private final ErasureStore store = new ErasureStore();
    private final TotalStore totals = new TotalStore();

    /** @param listeners who hears of what is erased, known once all have contributed */
    public ErasureJob(Catalogs catalogs, Supplier<List<ErasureListener>> listeners, Clock clock) {
        this.catalogs = catalogs;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(JobRun run) {
        WORK.workOff(run, project -> erase(run, project), store::areOpen);
    }

    private void erase(JobRun run, Project project) {
        var database = run.databases().of(project);
        var failures = new Failures(run);
        var next = database.transaction(connection -> store.open(connection, 0));
        while (next.isPresent() && !run.stopping()) {
            var erasure = next.get();
            failures.of(() -> erase(run, project, erasure));
            next = database.transaction(connection -> store.open(connection, erasure.id()));
        }
        failures.rethrow();
    }

    private void erase(JobRun run, Project project, Erasure.Open erasure) {
        var database = run.databases().of(project);
        var partitions = catalogs.partitions(run.databases());
        // before the events: a letter that is retried meanwhile would become one where all had been deleted
        eraseLetters(run, database, erasure);
        // what is known of them too: whoever goes by it might store an event
        database.transaction(connection -> forget(connection, project, erasure));
        // as they are now: of one that another node has just made this one may not have heard
        for (var collection : database.transaction(connection -> catalogs.read(connection, project))) {
            for (var partition : database.transaction(connection -> partitions.of(connection, collection))) {
                while (!run.stopping() && erase(project, database, partitions, erasure, collection, partition)) {
                    // until nothing is left of it
                }
            }
        }
        if (!run.stopping()) {
            database.transaction(connection -> {
                store.holdFollowers(connection);
                store.finish(connection, forget(connection, project, erasure).id(), clock.instant());
                return erasure;
            });
        }
    }

    private Erasure.Open forget(Connection connection, Project project, Erasure.Open erasure) throws SQLException {
        var lent = LentConnection.of(connection);
        for (var listener : listeners.get()) {
            for (var id : erasure.subject().ids()) {
                store.noteRecords(connection, erasure.id(), listener.forgotten(project, id, lent));
            }
        }
        return erasure;
    }

    private boolean erase(
            Project project,
            Database database,
            Partitions partitions,
            Erasure.Open erasure,
            Columns collection,
            Period partition) {
        return database.transaction(connection -> {
            var piece = store.delete(connection, erasure, collection.name(), partition, PIECE);
            if (piece.isPresent()) {
                totals.fold(connection);
                totals.subtract(
                        connection, collection.name(), piece.get().deleted(), partitions.of(connection, collection));
                var lent = LentConnection.of(connection);
                for (var listener : listeners.get()) {
                    listener.erased(project, collection.name(), piece.get().times(), lent);
                }
            }
            return piece.isPresent();
        });
    }

    private void eraseLetters(JobRun run, Database database, Erasure.Open erasure) {
        var mention = new Mention(erasure.subject());
        var after = 0L;
        while (!run.stopping()) {
            var from = after;
            var letters = database.transaction(connection -> store.letters(connection, from, PIECE, PIECE_BYTES));
            if (letters.isEmpty()) {
                return;
            }
            var about = letters.stream()
                    .filter(letter -> mention.isIn(letter.raw()))
                    .toList();
            if (!about.isEmpty()) {
                database.transaction(connection -> {
                    store.deleteLetters(connection, erasure.id(), about);
                    return about;
                });
            }
            after = letters.getLast().id();
        }
    }
}
