package dev.tidemark.core.projects.registry;

import dev.tidemark.core.projects.allowances.QuotaStore;
import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import java.time.Duration;

/** Finishes deletions that a crash cut short. */
public final class PurgeJob implements Job {

    @Override
    public String name() {
        return "purge";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(JobRun run) {
        var server = run.databases().server();
        server.transaction(QuotaStore::forget);
        var schemas = new SchemaStore(server);
        for (var project : new ProjectStore(server, new AuditStore()).deleted()) {
            var left = true;
            while (left && !run.stopping()) {
                left = schemas.dropSome(project);
            }
        }
    }
}
