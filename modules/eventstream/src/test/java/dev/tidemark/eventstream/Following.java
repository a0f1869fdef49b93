package dev.tidemark.eventstream;

import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.TestProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subscriber of the tests, who asks for all that is told of an event. */
final class Following {

    private static final String ASK = """
            subscription ($collections: [EventSelection!], $after: String) {
              events(collections: $collections, after: $after) {
                id cursor collection time receivedAt user anonymous messageId properties
              }
            }
            """;

    private Following() {}

    /** Of all collections when none is selected. */
    static Feed<Map<String, @Nullable Object>> subscribe(
            TestProject project, List<Map<String, Object>> collections, @Nullable String after) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("collections", collections.isEmpty() ? null : collections);
        variables.put("after", after);
        return project.subscribe(ASK, variables);
    }

    static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> events) throws InterruptedException {
        return next(events, "events");
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> events, String field)
            throws InterruptedException {
        var result = events.next().orElseThrow();
        return (Map<String, @Nullable Object>) ((Map<?, ?>) result.get("data")).get(field);
    }
}
