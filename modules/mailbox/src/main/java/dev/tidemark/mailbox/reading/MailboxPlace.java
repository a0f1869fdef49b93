package dev.tidemark.mailbox.reading;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Where a mailbox stands among all of a project, of which those with the latest message come first. */
record MailboxPlace(Instant lastSentAt, String customer) {

    private static final String TYPE = "MailboxPlace";

    /** No message is sent then, and the database knows no time of a much later year. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    static MailboxPlace of(Mailbox mailbox) {
        return new MailboxPlace(mailbox.lastSentAt().orElseThrow(), mailbox.customer());
    }

    /** @throws CallerException for what is no cursor of this project's mailboxes */
    static MailboxPlace of(Project project, String cursor) {
        return GlobalId.parse(cursor)
                .filter(id -> id.isOf(TYPE, project))
                .flatMap(id -> parsed(id.local()))
                .filter(place -> place.lastSentAt().isAfter(Instant.EPOCH)
                        && place.lastSentAt().isBefore(END))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "This is no cursor of mailboxes: take one of a page, or begin without after.",
                        "after"));
    }

    String text(Project project) {
        return new GlobalId(TYPE, project.id(), lastSentAt + " " + customer).text();
    }

    private static Optional<MailboxPlace> parsed(String local) {
        var end = local.indexOf(' ');
        try {
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new MailboxPlace(Instant.parse(local.substring(0, end)), local.substring(end + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
