package dev.tidemark.core.questions.events;

import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value that an event in memory has in a column. */
@FunctionalInterface
public interface EventColumn {

    @Nullable
    Object value(StoredEvent event);

    /** @param column the name of one of the collection; what has none of that name has no value in it */
    static EventColumn of(EventCollection collection, String column) {
        return switch (column) {
            case CollectionColumns.ID -> StoredEvent::id;
            case CollectionColumns.TIME -> event -> event.event().time().orElse(null);
            case CollectionColumns.RECEIVED_AT -> StoredEvent::receivedAt;
            case CollectionColumns.USER -> event -> event.event().user().orElse(null);
            case CollectionColumns.ANONYMOUS ->
                event -> event.event().anonymous().orElse(null);
            case CollectionColumns.MESSAGE_ID ->
                event -> event.event().messageId().orElse(null);
            case CollectionColumns.PERSON ->
                event -> event.event().user().or(event.event()::anonymous).orElse(null);
            case CollectionColumns.EXTRA -> event -> event.extra().isEmpty() ? null : event.extra();
            case CollectionColumns.COLLECTION -> event -> event.collection().label();
            default -> ofProperty(collection, column);
        };
    }

    private static EventColumn ofProperty(EventCollection collection, String column) {
        List<String> columns = collection.properties().stream()
                .map(EventCollection.Property::column)
                .toList();
        var place = columns.indexOf(column);
        return event -> place < 0 ? null : event.values().get(place);
    }
}
