package dev.tidemark.core.typed.changes;

import dev.tidemark.core.schema.SchemaText;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.DiffLevel;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a schema differs from the one before, as the schema has it.
 *
 * @param sdl the definitions that are new or not as they were
 */
record SchemaChanged(boolean isBreaking, List<SchemaChange> changes, String sdl) {

    private static final SchemaChanged NOTHING = new SchemaChanged(false, List.of(), "");

    record SchemaChange(Kind kind, String type, @Nullable String field, boolean isBreaking, String description) {}

    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    static SchemaChanged between(ExecutableSchema before, ExecutableSchema now) {
        if (before.equals(now)) {
            return NOTHING;
        }
        var reporter = new CapturingReporter();
        new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromIntrospection(before.schema(), now.schema()), reporter);
        var changes = Stream.of(reporter.getBreakages(), reporter.getDangers(), reporter.getInfos())
                .flatMap(List::stream)
                .flatMap(event -> change(event).stream())
                .toList();
        return new SchemaChanged(
                changes.stream().anyMatch(SchemaChange::isBreaking),
                changes,
                SchemaText.changed(before.schema(), now.schema()));
    }

    /** Empty for what only tells what is being looked at. */
    private static Optional<SchemaChange> change(DiffEvent event) {
        return Optional.ofNullable(event.getCategory())
                .map(category -> new SchemaChange(
                        switch (category) {
                            case ADDITION, DEPRECATION_REMOVED -> Kind.ADDED;
                            case MISSING -> Kind.REMOVED;
                            default -> Kind.CHANGED;
                        },
                        String.valueOf(event.getTypeName()),
                        event.getFieldName(),
                        event.getLevel() == DiffLevel.BREAKING,
                        event.getReasonMsg() + "."));
    }
}
