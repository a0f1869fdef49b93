package dev.tidemark.rollups.upkeep;

import dev.tidemark.spi.Failures;
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
public final class PersonSearch implements ProjectJob.Work {

    private static final int PAUSES = 9;

    private final PersonStore persons;
    private final Clock clock;

    /** When a project may be searched again. */
    private final Map<Project, Instant> pauses = new HashMap<>();

    public PersonSearch(PersonStore persons, Clock clock) {
        this.persons = persons;
        this.clock = clock;
    }

    @Override
    public void in(Project project, JobRun run, Failures failures) {
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
