package dev.tidemark.rollups;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rollups as this node remembers them, since every request asks. Another node's change is seen after a second. */
final class KnownRollups {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Databases databases;
    private final RollupStore store;
    private final Clock clock;
    private final Map<Project, Remembered> byProject = new ConcurrentHashMap<>();

    KnownRollups(Databases databases, RollupStore store, Clock clock) {
        this.databases = databases;
        this.store = store;
        this.clock = clock;
    }

    List<Rollup> of(Project project) {
        var remembered = byProject.get(project);
        return remembered != null && remembered.until().isAfter(clock.instant())
                ? remembered.rollups()
                : byProject.compute(project, (key, old) -> fresh(project)).rollups();
    }

    void forget(Project project) {
        byProject.remove(project);
    }

    private Remembered fresh(Project project) {
        var until = clock.instant().plus(FRESH);
        return new Remembered(databases.of(project).transaction(store::all), until);
    }

    private record Remembered(List<Rollup> rollups, Instant until) {}
}
