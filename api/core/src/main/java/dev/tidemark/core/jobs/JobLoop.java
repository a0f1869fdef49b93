package dev.tidemark.core.jobs;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.JobRun;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job, again and again, until its term is over. */
final class JobLoop implements Runnable, JobRun {

    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final NamedJob job;
    private final Term term;
    private final Databases databases;
    private final JobStore store;

    /** What the last run threw; empty: nothing. */
    private String failure = "";

    JobLoop(NamedJob job, Term term, Databases databases) {
        this.job = job;
        this.term = term;
        this.databases = databases;
        this.store = new JobStore(databases.server());
    }

    @Override
    public Databases databases() {
        return databases;
    }

    @Override
    public boolean stopping() {
        return term.isOver() || Thread.currentThread().isInterrupted();
    }

    @Override
    public void run() {
        while (!term.isOver()) {
            try {
                await(store.untilDue(job.name(), job.job().every()));
                store.started(job.name());
                store.finished(job.name(), attempt());
            } catch (InterruptedException | DeposedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!term.isOver()) {
                    LOG.warn("Job {} could not be scheduled and is tried again: {}", job.name(), String.valueOf(e));
                    pause();
                }
            }
        }
    }

    /** What went wrong, if anything. */
    private Optional<String> attempt() throws InterruptedException {
        try {
            job.job().run(this);
            failure = "";
            return Optional.empty();
        } catch (DeposedException e) {
            throw e;
        } catch (CallerException e) {
            return Optional.of(e.sentence());
        } catch (Exception | Error e) {
            if (term.isOver()) {
                throw new InterruptedException("The end of the term broke off what the job did.");
            }
            var id = UUID.randomUUID().toString();
            tell(id, e);
            return Optional.of("Internal error " + id + ": the server's log says more.");
        } finally {
            forgetInterrupt();
        }
    }

    /** Of a job that interrupted its thread itself; whoever ends the term says so before. */
    private void forgetInterrupt() {
        if (Thread.interrupted() && !term.isOver()) {
            LOG.debug("Job {} interrupted its thread.", job.name());
        }
    }

    /** All of a failure once: a worker of a cluster that is away lets a job fail as before each second. */
    private void tell(String id, Throwable thrown) {
        if (thrown.toString().equals(failure)) {
            LOG.error("Job {} failed as before: {}: {}", job.name(), id, failure);
        } else {
            failure = thrown.toString();
            LOG.error("Job {} failed: {}", job.name(), id, thrown);
        }
    }

    private static void await(Duration wait) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    }

    private static void pause() {
        try {
            await(AFTER_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
