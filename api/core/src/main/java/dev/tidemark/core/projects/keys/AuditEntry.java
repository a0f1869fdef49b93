package dev.tidemark.core.projects.keys;

import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done with a key.
 *
 * @param project the slug of that in which it was done; empty: it was done to the server
 * @param key its id in GraphQL
 */
public record AuditEntry(long number, Instant at, Optional<String> project, String key, String act, String subject) {

    private static final String TYPE = "AuditEntry";

    /** What an id or cursor means; empty: it is none. */
    public static Optional<Long> number(String id) {
        return GlobalId.parse(id)
                .filter(global -> global.type().equals(TYPE))
                .flatMap(global -> GlobalId.number(global.local()));
    }

    /** Its id in GraphQL. */
    public String id() {
        return new GlobalId(TYPE, 0, number).text();
    }

    /** Which entries, the latest first. */
    public record Wanted(Optional<Project> project, Optional<String> act, long before, int limit) {}
}
