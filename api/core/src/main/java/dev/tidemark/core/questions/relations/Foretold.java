package dev.tidemark.core.questions.relations;

import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notes what will be asked; it finds nothing. */
record Foretold(List<AskedStatement> statements, boolean isFrequent) implements AggregateSnapshot {

    @Override
    public Instant asOf() {
        return Instant.EPOCH;
    }

    @Override
    public List<List<@Nullable Object>> rows(SqlFragment sql) {
        statements.add(new AskedStatement(sql, isFrequent, SnapshotStore.ALL));
        return List.of();
    }

    @Override
    public void stream(SqlFragment sql, Consumer<List<@Nullable Object>> each) {
        statements.add(new AskedStatement(sql, isFrequent, SnapshotStore.FETCHED));
    }

    @Override
    public Snapshot frequent() {
        return new Foretold(statements, true);
    }

    @Override
    public void expect(Consumer<Snapshot> likely) {
        // that is asked when it is
    }
}
