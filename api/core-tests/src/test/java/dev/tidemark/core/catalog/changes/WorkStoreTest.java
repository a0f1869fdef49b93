package dev.tidemark.core.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WorkStoreTest {

    private static final WorkStore WORK = new WorkStore("test.work");

    @Test
    void aProjectInWhichWorkTakesLongHoldsUpNoOther(PostgresAddress database) throws InterruptedException {
        try (var node = EventNode.start(database)) {
            var first = withWork(node);
            var second = withWork(node);
            var done = new CountDownLatch(1);
            var waited = new CountDownLatch(1);

            WORK.workOff(
                    new TestRun(node.databases),
                    project -> {
                        if (project.equals(first)) {
                            await(done, waited);
                        } else if (project.equals(second)) {
                            done.countDown();
                        }
                    },
                    _ -> false);

            assertThat(waited.getCount()).isZero();
            assertThat(node.count("select count(*) from tidemark.pending_work where job = 'test.work'"))
                    .isZero();
        }
    }

    private static Project withWork(EventNode node) {
        var project = node.project();
        node.postgres.server().transaction(connection -> {
            WORK.note(connection, project);
            return project;
        });
        return project;
    }

    private static void await(CountDownLatch done, CountDownLatch waited) {
        try {
            if (done.await(20, TimeUnit.SECONDS)) {
                waited.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
