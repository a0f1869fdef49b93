package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the modules that listen: at once for a project whose commits were announced, each second for one that was active
 * within the last minute, and now and then for all, since an announcement may be lost.
 */
public final class Followers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration ACTIVE = Duration.ofMinutes(1);

    private final Projects projects;
    private final LongSupplier nanos;
    private final List<FollowerLoop> loops;
    private final Activity activity;
    private final BackgroundThread poller;

    /** Starts following. */
    public Followers(
            List<Follower> followers,
            Projects projects,
            Activity activity,
            Notifications notifications,
            LongSupplier nanos) {
        this.projects = projects;
        this.activity = activity;
        this.nanos = nanos;
        this.loops = followers.stream()
                .map(follower -> new FollowerLoop(follower, projects, nanos))
                .toList();
        activity.listen(project -> wake(Set.of(project)));
        notifications.onReconnect(this::sweep);
        this.poller = BackgroundThread.start("listeners", this::poll);
    }

    @Override
    public void close() {
        poller.close();
        loops.forEach(FollowerLoop::close);
    }

    private void poll() {
        var sweptAt = nanos.getAsLong() - SWEEP_NANOS;
        try {
            while (!loops.isEmpty()) {
                if (nanos.getAsLong() - sweptAt >= SWEEP_NANOS) {
                    sweptAt = nanos.getAsLong();
                    sweep();
                }
                wake(activity.within(ACTIVE));
                loops.forEach(FollowerLoop::sayIfItHangs);
                TimeUnit.NANOSECONDS.sleep(POLL_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            wake(Set.copyOf(projects.all()));
        } catch (RuntimeException e) {
            LOG.warn("Projects could not be looked through for new events; tried again later: {}", e.getMessage());
        }
    }

    private void wake(Set<Project> woken) {
        loops.forEach(loop -> loop.wake(woken));
    }
}
