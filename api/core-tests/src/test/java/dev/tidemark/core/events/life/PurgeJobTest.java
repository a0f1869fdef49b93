package dev.tidemark.core.events.life;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.jobs.TestJobs;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PurgeJobTest {

    @AutoClose
    private final EventNode node;

    private Project project;
    private PurgeJob job;

    PurgeJobTest(PostgresAddress address) {
        this.node = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
        job = job(project);
    }

    private static PurgeJob job(Project... projects) {
        return new PurgeJob(TestJobs.only(projects), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30));
    }

    @Test
    void aMessageIdIsForgottenAfterItsWindow() {
        node.collect(project, event("a").withMessageId("old"));
        execute("update _message set at = now() - interval '8 days'");
        node.collect(project, event("a").withMessageId("new"));

        job.run(new TestRun(node.databases));

        var outcomes = node.collect(
                project, event("a").withMessageId("old"), event("a").withMessageId("new"));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Stored.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Duplicate.class);
    }

    @Test
    void aProjectWithoutItsSchemaHoldsUpNoOther() {
        node.collect(project, event("_a"));
        execute("update _dead_letter set at = now() - interval '31 days'");
        var both = job(TestJobs.LOST, project);

        assertThatThrownBy(() -> both.run(new TestRun(node.databases))).isInstanceOf(DatabaseException.class);

        assertThat(node.count(project, "_dead_letter")).isZero();
    }

    @Test
    void deadLettersAndWarningsAreForgottenAfterTheirTime() {
        node.collect(project, event("a", "n", 1L), event("_a"), event("_b"));
        node.collect(project, event("a", "n", "x"));
        execute("update _dead_letter set at = now() - interval '31 days' where collection = '_a'");
        execute("update _warning set at = now() - interval '31 days'");

        job.run(new TestRun(node.databases));

        assertThat(node.text(project, "string_agg(collection, ',') from _dead_letter"))
                .isEqualTo("_b");
        assertThat(node.count(project, "_warning")).isZero();
    }

    @Test
    void warningsOfPastHoursAreAddedUp() {
        node.collect(project, event("a", "n", 1L));
        for (int i = 0; i < 5; i++) {
            node.collect(project, event("a", "n", "x"), event("a", "n", "y"));
        }
        execute("update _warning set at = date_trunc('day', now()) - interval '1 hour'");

        job.run(new TestRun(node.databases));
        job.run(new TestRun(node.databases));

        assertThat(node.text(project, "count(*) || ' ' || sum(count) from _warning"))
                .isEqualTo("1 10");
    }

    private void execute(String sql) {
        node.databases.of(project).transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
