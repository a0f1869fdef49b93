package dev.tidemark.core.typed.changes;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import java.util.Optional;

/**
 * A project's schema at one moment.
 *
 * @param before the one before it, and what changed since; empty: it is not known
 */
record SchemaVersion(ExecutableSchema schema, Optional<Since> before) {

    record Since(ExecutableSchema schema, SchemaChanged change) {}

    static SchemaVersion first(ExecutableSchema schema) {
        return new SchemaVersion(schema, Optional.empty());
    }

    SchemaVersion then(ExecutableSchema next) {
        return new SchemaVersion(next, Optional.of(new Since(schema, SchemaChanged.between(schema, next))));
    }

    /** What changed since another one. */
    SchemaChanged since(SchemaVersion other) {
        return before.filter(since -> since.schema().equals(other.schema))
                .map(Since::change)
                .orElseGet(() -> SchemaChanged.between(other.schema, schema));
    }
}
