package dev.tidemark.imports.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final int MOST = 3;
    private static final Submission ROW = new Submission.Unreadable("?", new Refusal("bad_json", "", "No JSON."));

    private final List<Integer> committed = new CopyOnWriteArrayList<>();

    @Test
    void rowsAreCommittedTogetherUntilTheyAreManyOrTakeMuchMemory() {
        var begun = Import.begun(ImportRequest.of(UriQuery.create("collection=click&id=clicks")), Instant.EPOCH);
        try (var batches = new Batches(
                begun, MOST, () -> {}, batch -> committed.add(batch.rows().size()))) {
            for (int line = 1; line <= 4; line++) {
                batches.add(line, 100, ROW);
            }
            batches.add(5, 20 << 20, ROW);
            batches.add(6, 100, ROW);
            batches.finish();
        }

        assertThat(committed).containsExactly(3, 2, 1);
    }
}
