package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.people.Correspondent;
import java.time.Instant;
import java.util.Optional;

/**
 * All messages to and from one customer, as one side sees them.
 *
 * @param reader who looks at it
 * @param number of the last change; 0: there was none
 */
public record Mailbox(Correspondent reader, long number, Optional<Instant> lastSentAt) {

    /** Nobody has written yet. */
    static Mailbox empty(Correspondent reader) {
        return new Mailbox(reader, 0, Optional.empty());
    }

    public String customer() {
        return reader.customer();
    }

    /** The cursor after which changes are to come. */
    public String cursor() {
        return Cursor.text(reader, number);
    }
}
