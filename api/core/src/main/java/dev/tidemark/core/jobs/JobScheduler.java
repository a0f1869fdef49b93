package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.spi.Databases;
import java.util.ArrayList;
import java.util.List;

/** Runs the jobs of all modules while this node leads: one virtual thread a job. */
public final class JobScheduler implements Leadership.Office {

    private final List<NamedJob> jobs;
    private final Postgres postgres;
    private final Databases databases;
    private final List<Thread> threads = new ArrayList<>();

    public JobScheduler(List<NamedJob> jobs, Postgres postgres, Databases databases) {
        this.jobs = List.copyOf(jobs);
        this.postgres = postgres;
        this.databases = databases;
    }

    @Override
    public synchronized void begin(Term term) {
        var fenced = new FencedDatabases(postgres, databases, term);
        for (var job : jobs) {
            threads.add(Thread.ofVirtual().name("tidemark-job-" + job.name()).start(new JobLoop(job, term, fenced)));
        }
    }

    @Override
    public synchronized void end() {
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        threads.clear();
    }
}
