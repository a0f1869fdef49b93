package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.spi.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of all modules while this node leads: one virtual thread a job. One that does not end with its term is left
 * behind after a while, since nothing that it writes is kept. In a later term it begins when it has ended, the others at once.
 */
public final class JobScheduler implements Leadership.Office {

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<NamedJob, Lock> jobs = new LinkedHashMap<>();
    private final Postgres postgres;
    private final Databases databases;
    private final Duration patience;
    private final List<Thread> threads = new ArrayList<>();

    public JobScheduler(List<NamedJob> jobs, Postgres postgres, Databases databases) {
        this(jobs, postgres, databases, PATIENCE);
    }

    /** @param patience how long jobs may take to end */
    JobScheduler(List<NamedJob> jobs, Postgres postgres, Databases databases, Duration patience) {
        jobs.forEach(job -> this.jobs.put(job, new ReentrantLock()));
        this.postgres = postgres;
        this.databases = databases;
        this.patience = patience;
    }

    @Override
    public synchronized void begin(Term term) {
        var fenced = new FencedDatabases(postgres, databases, term);
        jobs.forEach((job, alone) -> {
            var loop = new JobLoop(job, term, fenced);
            threads.add(Thread.ofVirtual().name("tidemark-job-" + job.name()).start(() -> run(loop, alone)));
        });
    }

    @Override
    public synchronized void end() {
        threads.forEach(Thread::interrupt);
        var until = System.nanoTime() + patience.toNanos();
        for (var thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                    LOG.warn("{} does not end with its term and is left behind.", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        threads.clear();
    }

    private static void run(JobLoop loop, Lock alone) {
        try {
            alone.lockInterruptibly();
        } catch (InterruptedException e) {
            return; // this term ended before the job had ended in an earlier one
        }
        try {
            loop.run();
        } finally {
            alone.unlock();
        }
    }
}
