package dev.tidemark.imports.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchesTest {

    private static final int MOST = 3;
    private static final Submission ROW = new Submission.Unreadable("?", new Refusal("bad_json", "", "No JSON."));

    private final List<Integer> committed = new CopyOnWriteArrayList<>();

    private final Import begun =
            Import.begun(ImportRequest.of(UriQuery.create("collection=click&id=clicks")), Instant.EPOCH);

    @Test
    void rowsAreCommittedTogetherUntilTheyAreManyOrTakeMuchMemory() {
        try (var batches = new Batches(begun, MOST, () -> {}, this::commit)) {
            add(batches, 4);
            batches.add(5, 20 << 20, ROW);
            batches.add(6, 100, ROW);
            batches.finish();
        }

        assertThat(committed).containsExactly(3, 2, 1);
    }

    @Test
    @Timeout(30)
    void aBatchIsMadeReadyWhileTheOneBeforeIsWritten() {
        var ready = new CountDownLatch(2);
        try (var batches = new Batches(begun, MOST, () -> {}, (batch, turn) -> {
            ready.countDown();
            turn.run();
            await().until(() -> ready.getCount() == 0);
            committed.add(batch.rows().size());
        })) {
            add(batches, 2 * MOST - 1);
            batches.finish();
        }

        assertThat(committed).containsExactly(3, 2);
    }

    @Test
    void whatComesAfterABatchThatCannotBeStoredIsNotStored() {
        try (var batches = new Batches(begun, MOST, () -> {}, (batch, turn) -> {
            turn.run();
            if (committed.size() == 1) {
                throw new IllegalStateException("full");
            }
            committed.add(batch.rows().size());
        })) {
            assertThatThrownBy(() -> add(batches, 10 * MOST)).hasMessage("full");
        }

        assertThat(committed).containsExactly(3);
    }

    private void commit(Batch batch, Runnable turn) {
        turn.run();
        committed.add(batch.rows().size());
    }

    private static void add(Batches batches, int rows) {
        for (int line = 1; line <= rows; line++) {
            batches.add(line, 100, ROW);
        }
    }
}
