package dev.tidemark.mailbox;

import dev.tidemark.spi.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What someone wants to send.
 *
 * @param key the sender's own id: of letters with the same one, one is sent
 * @param sending the number of the sending that it is part of; a customer gets one letter of it
 */
record Letter(Correspondent sender, String thread, String text, Optional<String> key, OptionalLong sending) {

    /** The event of its sending. */
    Event event(long number, Instant now) {
        var project = sender.project();
        var event = MailboxMessage.event(project, ChangeKind.SENT, number, sender.customer(), thread, sender.side())
                .at(now);
        return sending.isPresent() ? event.with("sending", Sending.id(project, sending.getAsLong())) : event;
    }
}
