package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.Side;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.time.Instant;
import java.util.Optional;

/**
 * A message.
 *
 * @param number unique in its project
 * @param from who wrote it
 * @param text empty: it is not kept
 * @param sent the number of its sending in the mailbox
 */
public record MailboxMessage(
        long number,
        String customer,
        String thread,
        Side from,
        Optional<String> text,
        long sent,
        Instant sentAt,
        Optional<Instant> deliveredAt,
        Optional<Instant> readAt) {

    public static final String TYPE = "MailboxMessage";

    /** Its id, as events and GraphQL have it. */
    public static String id(Project project, long number) {
        return new GlobalId(TYPE, project.id(), number).text();
    }

    /** As far as can be told: a text that is not kept may have been any. */
    boolean says(Letter letter) {
        return text.orElse(letter.text()).equals(letter.text()) && thread.equals(letter.thread());
    }

    /** How far it has come. */
    public ChangeKind state() {
        return readAt.isPresent() ? ChangeKind.READ : deliveredAt.isPresent() ? ChangeKind.DELIVERED : ChangeKind.SENT;
    }

    /** The event of something that happens to it. */
    Event event(Project project, ChangeKind kind, Instant now) {
        return event(project, kind, number, customer, thread, from).at(now);
    }

    /** The event of something that happens to a message. */
    static Event event(Project project, ChangeKind kind, long number, String customer, String thread, Side from) {
        return Event.of(kind.collection())
                .by(customer)
                .with("message", id(project, number))
                .with("thread", thread)
                .with("from", from.name());
    }
}
