package dev.tidemark.eventstream;

import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the schema has it.
 *
 * @param collection the senders' name
 */
record StreamedEvent(
        String id,
        String cursor,
        String collection,
        Instant time,
        Instant receivedAt,
        @Nullable String user,
        @Nullable String anonymous,
        @Nullable String messageId,
        Map<String, @Nullable Object> properties) {

    /** What the engine's own {@code Event} is called in ids. */
    private static final String TYPE = "Event";

    static StreamedEvent of(Project project, StoredEvent stored) {
        var event = stored.event();
        return new StreamedEvent(
                new GlobalId(TYPE, project.id(), stored.collection().name() + ":" + stored.id()).text(),
                Cursor.text(project, stored.position()),
                stored.collection().label(),
                event.time().orElseThrow(),
                stored.receivedAt(),
                event.user().orElse(null),
                event.anonymous().orElse(null),
                event.messageId().orElse(null),
                event.properties());
    }
}
