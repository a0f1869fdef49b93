package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.OwnerStore;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Marks messages as delivered and read, together with the events of it. */
public final class Marks {

    /** In one transaction, which holds up the mailbox. */
    private static final int AT_ONCE = 200;

    private final Databases databases;
    private final Together together;
    private final Persons persons;
    private final OwnerStore owners;
    private final NumberStore numbers;
    private final MessageStore messages;

    public Marks(
            Databases databases,
            Together together,
            Persons persons,
            OwnerStore owners,
            NumberStore numbers,
            MessageStore messages) {
        this.databases = databases;
        this.together = together;
        this.persons = persons;
        this.owners = owners;
        this.numbers = numbers;
        this.messages = messages;
    }

    /** A message of this mailbox. */
    Optional<MailboxMessage> find(Correspondent reader, long number) {
        return databases.of(reader.project()).transaction(connection -> {
            var ids = persons.ids(connection, reader);
            return messages.find(connection, number).filter(message -> ids.contains(message.customer()));
        });
    }

    /**
     * Marks all messages to a reader that are not marked yet, up to one of them. What is read is delivered too.
     *
     * @param last the number in the mailbox of the last of them
     * @return how many
     */
    int mark(Correspondent reader, Optional<String> thread, long last, ChangeKind kind, Origin origin) {
        var marked = 0;
        while (true) {
            var found = found(reader, thread, last, kind);
            if (found.isEmpty()) {
                return marked;
            }
            if (mark(reader, found, kind, origin)) {
                marked += found.size();
            }
        }
    }

    private List<MailboxMessage> found(Correspondent reader, Optional<String> thread, long last, ChangeKind kind) {
        return databases
                .of(reader.project())
                .transaction(connection -> messages.unmarked(
                        connection, persons.ids(connection, reader), reader.side(), thread, last, kind, AT_ONCE));
    }

    /** False: somebody else marked one of them meanwhile, and nothing was done. */
    private boolean mark(Correspondent reader, List<MailboxMessage> found, ChangeKind kind, Origin origin) {
        var undelivered = found.stream()
                .filter(message -> message.deliveredAt().isEmpty())
                .toList();
        var read = kind == ChangeKind.READ ? found : List.<MailboxMessage>of();
        List<Event> told = new ArrayList<>();
        undelivered.forEach(
                message -> told.add(message.event(reader.project(), ChangeKind.DELIVERED, origin.receivedAt())));
        read.forEach(message -> told.add(message.event(reader.project(), ChangeKind.READ, origin.receivedAt())));
        return together.commit(
                reader.project(),
                told,
                origin,
                transaction -> mark(transaction, reader, undelivered, ChangeKind.DELIVERED, origin)
                        && mark(transaction, reader, read, ChangeKind.READ, origin));
    }

    private boolean mark(
            Connection transaction, Correspondent reader, List<MailboxMessage> marked, ChangeKind kind, Origin origin)
            throws SQLException {
        if (marked.isEmpty()) {
            return true;
        }
        owners.keep(transaction);
        var person = persons.ids(transaction, reader).getFirst();
        var now = origin.receivedAt();
        return messages.mark(
                transaction,
                marked.stream().map(MailboxMessage::number).toList(),
                numbers.ofChanges(transaction, person, marked.size(), now),
                kind,
                now);
    }
}
