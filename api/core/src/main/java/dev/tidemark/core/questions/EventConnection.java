package dev.tidemark.core.questions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of events, as the schema has it. */
record EventConnection(List<Edge> edges, PageInfo pageInfo) {

    public List<Event> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    record Edge(String cursor, Event node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /** @param collection the senders' name */
    record Event(
            String id,
            String collection,
            Instant time,
            Instant receivedAt,
            @Nullable String user,
            @Nullable String anonymous,
            @Nullable String messageId,
            Map<String, Object> properties) {}

    /** @param more whether an event follows the last one */
    static EventConnection of(List<Edge> edges, boolean more, boolean isLater) {
        return new EventConnection(
                edges,
                new PageInfo(
                        more,
                        isLater,
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        edges.isEmpty() ? null : edges.getLast().cursor()));
    }
}
