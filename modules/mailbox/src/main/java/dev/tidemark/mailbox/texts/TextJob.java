package dev.tidemark.mailbox.texts;

import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Projects;
import java.time.Duration;

/** Deletes the texts that projects do not keep. */
public record TextJob(Projects projects, TextStore texts) implements Job {

    @Override
    public String name() {
        return "forget-texts";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run(JobRun run) {
        var unkept = run.databases().server().transaction(texts::unkept);
        if (unkept.isEmpty()) {
            return;
        }
        var failures = new Failures(run);
        projects.all().stream()
                .filter(project -> unkept.contains(project.id()))
                .forEach(
                        project -> failures.of(() -> run.databases().of(project).transaction(texts::clear)));
        failures.rethrow();
    }
}
