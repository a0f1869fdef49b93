package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.FewerAtOnce;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Takes one module's listeners from position to position. */
public final class Follower {

    /** So many events at first, and no fewer because of their time: what a step takes at least would only be taken more often. */
    private static final int FEW = 64;

    private static final int MOST = 1_000;

    /** How long a step may hold up the other projects, about. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String module;
    private final List<EventListener> listeners;
    private final CommittedEvents events;
    private final Databases databases;
    private final LongSupplier nanos;

    /** How many events of the projects that have more come next. */
    private final Map<Project, Integer> steps = new ConcurrentHashMap<>();

    public Follower(
            String module,
            List<EventListener> listeners,
            CommittedEvents events,
            Databases databases,
            LongSupplier nanos) {
        this.module = module;
        this.listeners = List.copyOf(listeners);
        this.events = events;
        this.databases = databases;
        this.nanos = nanos;
    }

    String module() {
        return module;
    }

    /** Takes one step in a project; false: there is nothing to follow now. */
    boolean step(Project project) {
        return FewerAtOnce.attempt(steps.getOrDefault(project, FEW), most -> step(project, most));
    }

    /**
     * A listener may read for each event what is large: then it is told of fewer, since it would fail in the same way for ever, and of
     * twice as many with each step that it takes in good time: a failure takes longer than many of those.
     */
    private boolean step(Project project, int most) {
        var begun = nanos.getAsLong();
        if (!attempted(project, most)) {
            steps.remove(project);
            return false;
        }
        var spent = nanos.getAsLong() - begun;
        var next = spent > LONG_NANOS ? Math.max(Math.min(FEW, most), most * LONG_NANOS / spent) : 2L * most;
        steps.put(project, Math.clamp(next, 1, MOST));
        return true;
    }

    private boolean attempted(Project project, int most) {
        var positions = new PositionStore(databases.of(project));
        var from = positions.of(module);
        var next = events.read(project, from.position(), most, together(listeners));
        if (next.end().equals(from.position())) {
            return false;
        }
        return positions.move(module, from, next.end(), transaction -> {
            for (var listener : listeners) {
                var told = told(listener, next.events());
                if (!told.isEmpty()) {
                    listener.stored(project, told, LentConnection.of(transaction));
                }
            }
        });
    }

    /** What any of them listens to; none: everything. */
    private static Set<String> together(List<EventListener> listeners) {
        return listeners.stream().anyMatch(listener -> listener.collections().isEmpty())
                ? Set.of()
                : listeners.stream()
                        .flatMap(listener -> listener.collections().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static List<StoredEvent> told(EventListener listener, List<StoredEvent> events) {
        var wanted = listener.collections();
        return wanted.isEmpty()
                ? events
                : events.stream()
                        .filter(event -> wanted.contains(event.collection().name()))
                        .toList();
    }
}
