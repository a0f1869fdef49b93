package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.core.projects.registry.ProjectStore;
import dev.tidemark.core.projects.registry.PurgeJob;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.JobRun;
import dev.tidemark.testkit.PostgresExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PurgeJobTest {

    private record Run(Databases databases, boolean stopping) implements JobRun {}

    @Test
    void aDeletionThatACrashCutShortIsFinished(PostgresAddress address) {
        try (var node = TestNode.start(address)) {
            node.access.projects().create(TestNode.administrator(), "halved");
            node.access.projects().create(TestNode.administrator(), "whole");
            node.execute("create table halved.click (id int)");
            new ProjectStore(node.postgres.server(), new AuditStore()).markDeleted(TestNode.administrator(), "halved");

            new PurgeJob().run(new Run(new ProjectDatabases(node.postgres, new Migrations(Map.of())), false));

            assertThat(node.count("pg_namespace where nspname in ('halved', 'whole')"))
                    .isEqualTo(1);
            assertThat(node.access
                            .projects()
                            .create(TestNode.administrator(), "halved")
                            .project()
                            .slug())
                    .isEqualTo("halved");
        }
    }
}
