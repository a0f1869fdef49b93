package dev.tidemark.core.events.life;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.jobs.TestJobs;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TotalsJobTest {

    @AutoClose
    private final EventNode node;

    private Project project;

    TotalsJobTest(PostgresAddress address) {
        this.node = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
    }

    @Test
    void thePlannerLooksAtACollectionThatHasChangedALotAndAtNoOther() {
        collect("small", 10);
        collect("large", 10_001);
        totals();
        assertThat(knownRows("small")).isNegative();
        assertThat(knownRows("large")).isEqualTo(10_001);

        collect("large", 5_000);
        totals();
        assertThat(knownRows("large")).isEqualTo(10_001);

        collect("large", 5_001);
        totals();
        assertThat(knownRows("large")).isEqualTo(20_002);
        assertThat(node.text(
                        project, "n_distinct from pg_stats where tablename = 'large' and attname = 'n' and inherited"))
                .isNotEmpty();
    }

    @Test
    void aProjectWithoutItsSchemaHoldsUpNoOther() {
        collect("large", 10_001);
        var job = new TotalsJob(TestJobs.only(TestJobs.LOST, project), TestJobs.NONE_ACTIVE, node.databases);

        assertThatThrownBy(() -> job.run(new TestRun(node.databases))).isInstanceOf(DatabaseException.class);

        assertThat(knownRows("large")).isEqualTo(10_001);
    }

    private void collect(String collection, int events) {
        node.collect(
                project,
                LongStream.range(0, events)
                        .<Event>mapToObj(n -> event(collection, "n", n))
                        .toList());
    }

    private void totals() {
        new TotalsJob(TestJobs.only(project), TestJobs.NONE_ACTIVE, node.databases).run(new TestRun(node.databases));
    }

    /** As the planner knows them of all partitions together; -1: it never looked. */
    private long knownRows(String collection) {
        return Long.parseLong(
                node.text(project, "reltuples::bigint from pg_class where oid = '" + collection + "'::regclass"));
    }
}
