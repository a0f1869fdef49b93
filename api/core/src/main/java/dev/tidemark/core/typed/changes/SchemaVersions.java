package dev.tidemark.core.typed.changes;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.spi.Feed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A project's schema, and whenever there is another. It looks as each request does: from memory, four times a second. */
final class SchemaVersions implements Feed<SchemaVersion> {

    private static final Duration PACE = Duration.ofMillis(250);

    private final Supplier<ExecutableSchema> now;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<SchemaVersion> told = Optional.empty();

    SchemaVersions(Supplier<ExecutableSchema> now) {
        this.now = now;
    }

    @Override
    public Optional<SchemaVersion> next() throws InterruptedException {
        while (told.isEmpty() || !closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
            var schema = now.get();
            if (told.isEmpty() || !told.get().schema().equals(schema)) {
                told = told.map(version -> version.then(schema)).or(() -> Optional.of(SchemaVersion.first(schema)));
                return told;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
