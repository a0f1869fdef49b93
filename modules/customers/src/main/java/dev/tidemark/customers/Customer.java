package dev.tidemark.customers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person, and what is known of them.
 *
 * @param id as events have it
 * @param properties values by labels
 * @param then who they were at an earlier time, if that was asked for
 */
record Customer(String id, Map<String, Object> properties, Optional<Then> then) {

    /** As they are now. */
    Customer(String id, Map<String, Object> properties) {
        this(id, properties, Optional.empty());
    }

    /** @param ids that were theirs, that of the person first */
    record Then(Instant asOf, List<String> ids) {
        Then {
            ids = List.copyOf(ids);
        }
    }
}
