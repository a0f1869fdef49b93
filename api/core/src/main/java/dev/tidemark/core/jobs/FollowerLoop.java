package dev.tidemark.core.jobs;

import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.core.threads.WatchedCall;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows all projects for one module in turn, on a thread of its own; a project that fails waits longer each time. */
final class FollowerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerLoop.class);
    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Follower follower;
    private final Projects projects;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Set<Project> waiting = new HashSet<>();
    private final Map<Project, Pause> pauses = new HashMap<>();
    private final WatchedCall watched;
    private final BackgroundThread thread;
    private volatile boolean isClosed;

    FollowerLoop(Follower follower, Projects projects, LongSupplier nanos) {
        this.follower = follower;
        this.projects = projects;
        this.nanos = nanos;
        this.watched = new WatchedCall(nanos);
        this.thread = BackgroundThread.start("listener-" + follower.module(), this::run);
    }

    /** There may be something to follow in these projects. */
    void wake(Set<Project> projects) {
        lock.lock();
        try {
            waiting.addAll(projects);
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Once for each step. */
    void sayIfItHangs() {
        watched.hanging()
                .ifPresent(slug -> LOG.warn(
                        "Module {} follows the events of project {} and does not end: it hears of no others until it does.",
                        follower.module(),
                        slug));
    }

    @Override
    public void close() {
        isClosed = true;
        thread.close();
    }

    private void run() {
        try {
            while (!isClosed) {
                var behind = new HashSet<Project>();
                for (var project : next()) {
                    if (follow(project)) {
                        behind.add(project);
                    }
                }
                if (behind.isEmpty()) {
                    // one look for the commits of a while, as under load there is always one more
                    TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
                } else {
                    wake(behind);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Project> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                woken.await();
            }
            var projects = Set.copyOf(waiting);
            waiting.clear();
            return projects;
        } finally {
            lock.unlock();
        }
    }

    /** Takes one step, since the other projects wait; false: it has nothing to follow now. */
    private boolean follow(Project project) throws InterruptedException {
        var pause = pauses.get(project);
        if (pause != null && nanos.getAsLong() - pause.since() < pause.length().toNanos()) {
            return false;
        }
        try {
            var isMore = step(project);
            heedClose();
            pauses.remove(project);
            return isMore;
        } catch (Exception | Error e) {
            heedClose();
            if (isOver(project)) {
                LOG.debug(
                        "Module {} no longer follows project {}, which was deleted.",
                        follower.module(),
                        project.slug());
                pauses.remove(project);
            } else {
                pauses.put(project, failed(project, pause, e));
            }
            return false;
        }
    }

    private boolean step(Project project) {
        watched.begin(project.slug());
        try {
            return follower.step(project);
        } finally {
            watched.end();
        }
    }

    /** An interrupt that does not close the loop was left behind by a listener, and ends nothing. */
    private void heedClose() throws InterruptedException {
        if (Thread.interrupted() && !isClosed) {
            LOG.debug("A listener of module {} interrupted its thread.", follower.module());
        }
        if (isClosed) {
            throw new InterruptedException();
        }
    }

    /** Where that cannot be asked, the project cannot be followed either, and what failed is told. */
    private boolean isOver(Project project) {
        try {
            return !projects.isCurrent(project);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Pause failed(Project project, @Nullable Pause before, Throwable failure) {
        if (before == null) {
            LOG.error(
                    "Module {} cannot follow the events of project {} and tries again with pauses: {}",
                    follower.module(),
                    project.slug(),
                    UUID.randomUUID(),
                    failure);
            return new Pause(nanos.getAsLong(), FIRST_PAUSE);
        }
        var longer = before.length().multipliedBy(2);
        return new Pause(nanos.getAsLong(), longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
    }

    /** How long a project is left alone after a failure. */
    private record Pause(long since, Duration length) {}
}
