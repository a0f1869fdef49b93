package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Remembers which projects were announced, and when last. */
public final class Activity implements ActiveProjects {

    private static final long MOST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Notifications notifications;
    private final LongSupplier nanos;
    private final Map<Project, Long> announced = new ConcurrentHashMap<>();
    private final List<Consumer<Project>> listeners = new CopyOnWriteArrayList<>();

    public Activity(Projects projects, Notifications notifications, LongSupplier nanos) {
        this.notifications = notifications;
        this.nanos = nanos;
        notifications.listen(Notifications.COMMITS, slug -> projects.find(slug).ifPresent(this::announced));
    }

    /** Hears of each announcement, on one thread; it must not take long. */
    void listen(Consumer<Project> listener) {
        listeners.add(listener);
    }

    @Override
    public Set<Project> within(Duration time) {
        announced.values().removeIf(at -> nanos.getAsLong() - at > MOST_NANOS);
        return announced.entrySet().stream()
                .filter(entry -> nanos.getAsLong() - entry.getValue() <= time.toNanos())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void announce(Project project) {
        notifications.send(Notifications.COMMITS, project.slug());
    }

    private void announced(Project project) {
        announced.put(project, nanos.getAsLong());
        listeners.forEach(listener -> listener.accept(project));
    }
}
