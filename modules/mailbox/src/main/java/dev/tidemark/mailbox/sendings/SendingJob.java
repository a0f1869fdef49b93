package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes all sendings on, a step of each in turn, so that a large one holds up no other. */
public final class SendingJob implements Job {

    /** What passes by itself: the sending goes on at the next run. */
    private static final Set<ErrorCode> PASSING =
            EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.QUERY_TIMEOUT, ErrorCode.RATE_LIMITED);

    private final Projects projects;
    private final SendingStore store;
    private final Sendings sendings;
    private final Clock clock;

    public SendingJob(Projects projects, SendingStore store, Sendings sendings, Clock clock) {
        this.projects = projects;
        this.store = store;
        this.sendings = sendings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "send";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(JobRun run) {
        while (!run.stopping() && round(run)) {
            // until all have ended
        }
    }

    /** Whether there was something to do. What failed is thrown after the others had their turn. */
    private boolean round(JobRun run) {
        var running = run.databases().server().transaction(store::running);
        var failures = new Failures(run);
        var mine = running.isEmpty()
                ? List.<Project>of()
                : projects.all().stream()
                        .filter(project -> running.containsKey(project.id()))
                        .toList();
        for (var project : mine) {
            for (var id : running.getOrDefault(project.id(), List.of())) {
                failures.of(() -> step(run, project, id));
            }
        }
        failures.rethrow();
        return !mine.isEmpty();
    }

    private void step(JobRun run, Project project, SendingId id) {
        var database = run.databases().of(project);
        try {
            sendings.step(project, id, database);
        } catch (CallerException e) {
            if (PASSING.contains(e.code())) {
                throw e;
            }
            database.transaction(connection -> store.end(
                    connection, project, id, Sending.State.FAILED, Optional.of(e.sentence()), clock.instant()));
        }
    }
}
