package dev.tidemark.beacon;

import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The lists as this node remembers them, so that not every beacon asks the database twice. */
final class KnownOrigins {

    private static final String EVERY = "*";
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final BeaconStore store;
    private final LongSupplier ticker;
    private final Map<Project, Remembered> byProject = new ConcurrentHashMap<>();

    /** @param ticker monotonic nanoseconds */
    KnownOrigins(BeaconStore store, LongSupplier ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    boolean allows(Project project, String origin) {
        var remembered = byProject.compute(
                project, (key, old) -> old != null && old.until() - ticker.getAsLong() > 0 ? old : read(project));
        return remembered.origins().contains(origin) || remembered.origins().contains(EVERY);
    }

    Set<String> all(Project project) {
        return store.origins(project);
    }

    void set(Project project, Collection<String> origins) {
        store.set(project, origins);
        byProject.remove(project);
    }

    private Remembered read(Project project) {
        return new Remembered(store.origins(project), ticker.getAsLong() + FRESH.toNanos());
    }

    private record Remembered(Set<String> origins, long until) {}
}
