package org.example.goals;

import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The goals as this node remembers them: a mapper runs for every event and must not ask the database each time. Another
 * node's change is seen after at most five seconds.
 */
final class KnownGoals {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final GoalsStore store;
    private final Map<Project, Remembered> byProject = new ConcurrentHashMap<>();

    KnownGoals(GoalsStore store) {
        this.store = store;
    }

    Optional<String> of(Project project, String collection) {
        var remembered = byProject.compute(
                project, (key, old) -> old != null && old.until() - System.nanoTime() > 0 ? old : read(project));
        return Optional.ofNullable(remembered.names().get(collection));
    }

    void forget(Project project) {
        byProject.remove(project);
    }

    private Remembered read(Project project) {
        var names = store.all(project).stream().collect(Collectors.toUnmodifiableMap(Goal::collection, Goal::name));
        return new Remembered(names, System.nanoTime() + FRESH.toNanos());
    }

    private record Remembered(Map<String, String> names, long until) {}
}
