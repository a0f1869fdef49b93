package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the columns that tables could not get while someone read them, and has the values brought there that events before have in
 * {@code _extra}: whoever sent them need not send another.
 */
public final class WaitingJob implements Job {

    static final WorkStore WORK = new WorkStore("catalog.waiting");

    private final Catalogs catalogs;
    private final Clock clock;
    private final CatalogStore store = new CatalogStore();
    private final WaitingStore waiting = new WaitingStore();
    private final ChangeStore changes = new ChangeStore();

    public WaitingJob(Catalogs catalogs, Clock clock) {
        this.catalogs = catalogs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "waiting-properties";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run(JobRun run) {
        WORK.workOff(
                run,
                project -> bring(run, project),
                connection -> !waiting.all(connection).isEmpty());
    }

    /** What has its column since the last run is brought there, and the others get one: by the next run all nodes write to it. */
    private void bring(JobRun run, Project project) {
        var catalog = catalogs.of(project);
        List<WaitingProperty> missing = new ArrayList<>();
        for (var property : run.databases().of(project).transaction(waiting::all)) {
            if (named(catalog, property).isPresent()) {
                fetch(run, project, property);
            } else {
                missing.add(property);
            }
        }
        if (!missing.isEmpty()) {
            make(run, project, missing);
        }
    }

    private static Optional<Named> named(Catalog catalog, WaitingProperty waiting) {
        return catalog.columns(waiting.collection())
                .flatMap(columns -> columns.byLabel(waiting.property())
                        .filter(property -> !waiting.isNarrow(property.type()))
                        .map(property -> new Named(columns, property)));
    }

    /** While the property is being changed, it waits for the next run. */
    private void fetch(JobRun run, Project project, WaitingProperty property) {
        new CatalogTransactions(run.databases(), store).run(project, connection -> {
            var named = named(store.read(connection, project), property);
            if (named.isPresent()) {
                var columns = named.get().columns();
                var column = named.get().property();
                if (changes.isOpen(connection, columns.name(), column.column())) {
                    return project;
                }
                changes.fetch(connection, columns.name(), column, clock.instant());
                ChangeJob.WORK.note(connection, project);
            }
            waiting.remove(connection, property);
            return project;
        });
    }

    /** What no column may be made for stays in {@code _extra}. */
    private void make(JobRun run, Project project, List<WaitingProperty> missing) {
        Map<String, Map<String, ColumnType>> wanted = new HashMap<>();
        missing.forEach(property -> wanted.computeIfAbsent(property.collection(), label -> new HashMap<>())
                .merge(property.property(), property.type(), Types::wider));
        try {
            var evolved = catalogs.evolve(project, wanted);
            var refused = missing.stream()
                    .filter(property -> named(evolved, property).isEmpty())
                    .toList();
            run.databases().of(project).transaction(connection -> {
                for (var property : refused) {
                    waiting.remove(connection, property);
                }
                return refused;
            });
        } catch (CallerException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) {
                throw e;
            }
            // someone reads the table still
        }
    }
}
