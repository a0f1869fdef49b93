package dev.tidemark.customers.identity;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
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
public record Customer(String id, Map<String, Object> properties, Optional<Then> then) {

    /** In characters. */
    public static final int LONGEST_ID = 500;

    /** As they are now. */
    public Customer(String id, Map<String, Object> properties) {
        this(id, properties, Optional.empty());
    }

    /** @param ids that were theirs, that of the person first */
    public record Then(Instant asOf, List<String> ids) {
        public Then {
            ids = List.copyOf(ids);
        }
    }

    /** Whether an id is one that a customer can have. */
    public static boolean isId(String id) {
        return !id.isBlank() && id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
    }

    /** @throws CallerException when it can be nobody's */
    public static String id(String id, String... path) {
        if (!isId(id)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "An id is a text of 1 to " + LONGEST_ID + " characters that is not blank.",
                    path);
        }
        return id;
    }
}
