package dev.tidemark.core.questions.events;

import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes events of a collection's rows. */
public record EventRows(Project project, EventCollection collection) {

    static final String TYPE = "Event";

    private static final List<String> RESERVED = List.of(
            CollectionColumns.ID,
            CollectionColumns.TIME,
            CollectionColumns.RECEIVED_AT,
            CollectionColumns.USER,
            CollectionColumns.ANONYMOUS,
            CollectionColumns.MESSAGE_ID,
            CollectionColumns.EXTRA);

    /**
     * An event as the schema has it.
     *
     * @param collection the senders' name
     */
    public record Event(
            String id,
            String collection,
            Instant time,
            Instant receivedAt,
            @Nullable String user,
            @Nullable String anonymous,
            @Nullable String messageId,
            Map<String, Object> properties) {}

    /** The global id of the event with that number in a collection's table. */
    public static String id(Project project, String table, Object number) {
        return new GlobalId(TYPE, project.id(), table + ":" + number).text();
    }

    /** What a row has to begin with. */
    public List<String> columns() {
        return Stream.concat(RESERVED.stream(), collection.properties().stream().map(Property::column))
                .toList();
    }

    public Event event(List<@Nullable Object> row) {
        return new Event(
                id(project, collection.name(), Objects.requireNonNull(row.getFirst())),
                collection.label(),
                (Instant) Objects.requireNonNull(row.get(1)),
                (Instant) Objects.requireNonNull(row.get(2)),
                (String) row.get(3),
                (String) row.get(4),
                (String) row.get(5),
                properties(row));
    }

    /** Those of columns, and those that fit none. */
    private Map<String, Object> properties(List<@Nullable Object> row) {
        var properties = new LinkedHashMap<String, Object>();
        for (int i = 0; i < collection.properties().size(); i++) {
            var value = row.get(RESERVED.size() + i);
            if (value != null) {
                properties.put(collection.properties().get(i).label(), value);
            }
        }
        if (row.get(RESERVED.size() - 1) instanceof Map<?, ?> extra) {
            extra.forEach((label, value) -> properties.putIfAbsent(label.toString(), value));
        }
        return properties;
    }
}
