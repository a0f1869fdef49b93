package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.util.Optional;

/**
 * Which sending it is.
 *
 * @param number unique in its project
 */
public record SendingId(long number) {

    public static final String TYPE = "Sending";

    /** What an id or cursor means; empty: it is none of this project. */
    public static Optional<SendingId> of(Project project, String text) {
        return GlobalId.parse(text)
                .filter(id -> id.isOf(TYPE, project))
                .flatMap(id -> GlobalId.number(id.local()))
                .map(SendingId::new);
    }

    /** As events and GraphQL have it. */
    public String text(Project project) {
        return new GlobalId(TYPE, project.id(), number).text();
    }
}
