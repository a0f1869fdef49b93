package dev.tidemark.core.typed.changes;

import dev.tidemark.spi.Feed;
import java.util.Optional;

/** What changed since the schema that one subscriber knows. */
final class SchemaChanges implements Feed<SchemaChanged> {

    private final Feed<SchemaVersion> versions;
    private SchemaVersion known;

    SchemaChanges(Feed<SchemaVersion> versions, SchemaVersion known) {
        this.versions = versions;
        this.known = known;
    }

    @Override
    public Optional<SchemaChanged> next() throws InterruptedException {
        for (var version = versions.next(); version.isPresent(); version = versions.next()) {
            var changed = version.get().since(known);
            known = version.get();
            if (!changed.changes().isEmpty()) {
                return Optional.of(changed);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        versions.close();
    }
}
