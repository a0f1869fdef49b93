package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.spi.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * What someone wants to send.
 *
 * @param key the sender's own id: of letters with the same one, one is sent
 * @param sending that it is part of; a customer gets one letter of it
 */
public record Letter(
        Correspondent sender, String thread, String text, Optional<String> key, Optional<SendingId> sending) {

    /** The event of its sending. */
    Event event(long number, Instant now) {
        var project = sender.project();
        var event = MailboxMessage.event(project, ChangeKind.SENT, number, sender.customer(), thread, sender.side())
                .at(now);
        return sending.map(id -> event.with("sending", id.text(project))).orElse(event);
    }
}
