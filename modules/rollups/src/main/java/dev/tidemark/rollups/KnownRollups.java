package dev.tidemark.rollups;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rollups as this node remembers them, since every request asks. Another node's change is seen after a second. */
final class KnownRollups {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Databases databases;
    private final RollupStore store;
    private final ProgressStore progress;
    private final Clock clock;
    private final Map<Project, Remembered> byProject = new ConcurrentHashMap<>();

    KnownRollups(Databases databases, RollupStore store, ProgressStore progress, Clock clock) {
        this.databases = databases;
        this.store = store;
        this.progress = progress;
        this.clock = clock;
    }

    List<Rollup> of(Project project) {
        return remembered(project).rollups();
    }

    /** Those that can answer instead of their collections: they have rolled up what was there before them, and go on. */
    List<Rollup> ready(Project project) {
        var remembered = remembered(project);
        return remembered.rollups().stream()
                .filter(rollup -> remembered.ready().contains(rollup.name()))
                .toList();
    }

    private Remembered remembered(Project project) {
        var remembered = byProject.get(project);
        return remembered != null && remembered.until().isAfter(clock.instant())
                ? remembered
                : byProject.compute(project, (key, old) -> fresh(project));
    }

    void forget(Project project) {
        byProject.remove(project);
    }

    private Remembered fresh(Project project) {
        var until = clock.instant().plus(FRESH);
        return databases
                .of(project)
                .transaction(connection -> new Remembered(store.all(connection), progress.ready(connection), until));
    }

    private record Remembered(List<Rollup> rollups, Set<String> ready, Instant until) {}
}
