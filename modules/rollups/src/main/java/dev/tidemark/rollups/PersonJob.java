package dev.tidemark.rollups;

import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the buckets of people who have turned out to be others. Events may have to be searched for it, so it takes all ids that
 * have come up together, and a tenth of the time at most.
 */
final class PersonJob implements Job {

    private static final int PAUSES = 9;

    private final RollupProjects projects;
    private final PersonStore persons;
    private final Duration every;
    private final Clock clock;

    /** When a project may be searched again. */
    private final Map<Project, Instant> pauses = new HashMap<>();

    PersonJob(RollupProjects projects, PersonStore persons, Duration every, Clock clock) {
        this.projects = projects;
        this.persons = persons;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "persons";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.of(run)) {
            failures.of(() -> find(run, project));
        }
        failures.rethrow();
    }

    private void find(JobRun run, Project project) {
        var start = clock.instant();
        if (start.isBefore(pauses.getOrDefault(project, Instant.MIN))) {
            return;
        }
        if (run.databases().of(project).transaction(connection -> persons.find(connection, project))) {
            var end = clock.instant();
            pauses.put(project, end.plus(Duration.between(start, end).multipliedBy(PAUSES)));
        }
    }
}
