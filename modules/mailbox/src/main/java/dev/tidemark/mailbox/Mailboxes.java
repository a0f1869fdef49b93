package dev.tidemark.mailbox;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends messages and marks them, each together with its event. */
final class Mailboxes {

    /** In one transaction, which holds up the mailbox. */
    private static final int MARKED_AT_ONCE = 200;

    private final Databases databases;
    private final Events events;
    private final Persons persons;
    private final MailboxStore mailboxes;
    private final MessageStore messages;
    private final TextStore texts;

    Mailboxes(
            Databases databases,
            Events events,
            Persons persons,
            MailboxStore mailboxes,
            MessageStore messages,
            TextStore texts) {
        this.databases = databases;
        this.events = events;
        this.persons = persons;
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.texts = texts;
    }

    /**
     * Returns when it is committed.
     *
     * @return the message, or the one that was sent with the letter's key before
     * @throws CallerException {@code CONFLICT} when another text was sent with the key
     */
    MailboxMessage send(Letter letter, Origin origin) {
        var sender = letter.sender();
        var before = withKey(letter);
        if (before.isPresent()) {
            return before.get();
        }
        return deliver(sender.project(), List.of(letter), origin, transaction -> true)
                .map(numbers -> sent(sender, numbers.getFirst()))
                .or(() -> withKey(letter))
                .orElseThrow(Mailboxes::erased);
    }

    /**
     * Sends letters to or from different people, together with something else, in one transaction.
     *
     * @param also whether it may be so
     * @param letters all of one sending, or of none
     * @return the numbers of the messages; empty: it may not, one of them was sent before, to whichever id of a person, or two turned
     *     out to be one person's, and nothing was done
     */
    Optional<List<Long>> deliver(Project project, List<Letter> letters, Origin origin, Database.Work<Boolean> also) {
        var numbers = databases.of(project).transaction(connection -> messages.numbers(connection, letters.size()));
        var told = IntStream.range(0, letters.size())
                .mapToObj(i -> letters.get(i).event(numbers.get(i), origin.receivedAt()))
                .toList();
        try {
            events.collect(project, told, origin, (transaction, outcomes) -> {
                requireStored(outcomes);
                if (!also.run(transaction) || !send(transaction, project, numbers, letters, origin.receivedAt())) {
                    throw new OvertakenException();
                }
            });
            return Optional.of(numbers);
        } catch (OvertakenException e) {
            return Optional.empty();
        }
    }

    private boolean send(Connection transaction, Project project, List<Long> numbers, List<Letter> letters, Instant now)
            throws SQLException {
        var areKept = texts.areKept(transaction, project);
        if (!areKept) {
            texts.pass(transaction, numbers, letters);
        }
        mailboxes.keep(transaction);
        var customers =
                letters.stream().map(letter -> letter.sender().customer()).toList();
        var ids = persons.ids(transaction, project, customers);
        var owners = customers.stream()
                .map(customer -> ids.getOrDefault(customer, List.of(customer)).getFirst())
                .toList();
        var sending = letters.getFirst().sending();
        return Set.copyOf(owners).size() == owners.size()
                && (sending.isEmpty()
                        || haveOf(transaction, sending.getAsLong(), ids).isEmpty())
                && messages.send(transaction, numbers, letters, owners, areKept, now);
    }

    /** Those of the customers who have a message of a sending, by whichever of their ids. */
    Set<String> haveOf(Project project, long sending, List<String> customers) {
        return databases
                .of(project)
                .transaction(connection -> haveOf(connection, sending, persons.ids(connection, project, customers)));
    }

    private Set<String> haveOf(Connection connection, long sending, Map<String, List<String>> ids) throws SQLException {
        var have = messages.haveOf(
                connection, sending, ids.values().stream().flatMap(List::stream).toList());
        return ids.entrySet().stream()
                .filter(customer -> customer.getValue().stream().anyMatch(have::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
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

    private MailboxMessage sent(Correspondent sender, long number) {
        return find(sender, number).orElseThrow(Mailboxes::erased);
    }

    private static CallerException erased() {
        return new CallerException(
                ErrorCode.NOT_FOUND, "The customer was erased while the message was sent.", "customer");
    }

    private List<MailboxMessage> found(Correspondent reader, Optional<String> thread, long last, ChangeKind kind) {
        return databases
                .of(reader.project())
                .transaction(connection -> messages.unmarked(
                        connection,
                        persons.ids(connection, reader),
                        reader.side(),
                        thread,
                        last,
                        kind,
                        MARKED_AT_ONCE));
    }

    /** False: somebody else marked one of them meanwhile, and nothing was done. */
    private boolean mark(Correspondent reader, List<MailboxMessage> found, ChangeKind kind, Origin origin) {
        var undelivered = found.stream()
                .filter(message -> message.deliveredAt().isEmpty())
                .toList();
        List<Event> told = new ArrayList<>();
        undelivered.forEach(
                message -> told.add(message.event(reader.project(), ChangeKind.DELIVERED, origin.receivedAt())));
        if (kind == ChangeKind.READ) {
            found.forEach(message -> told.add(message.event(reader.project(), ChangeKind.READ, origin.receivedAt())));
        }
        try {
            events.collect(reader.project(), told, origin, (transaction, outcomes) -> {
                requireStored(outcomes);
                mark(transaction, reader, undelivered, ChangeKind.DELIVERED, origin);
                if (kind == ChangeKind.READ) {
                    mark(transaction, reader, found, ChangeKind.READ, origin);
                }
            });
            return true;
        } catch (OvertakenException e) {
            return false;
        }
    }

    private void mark(
            Connection transaction, Correspondent reader, List<MailboxMessage> marked, ChangeKind kind, Origin origin)
            throws SQLException {
        if (marked.isEmpty()) {
            return;
        }
        mailboxes.keep(transaction);
        var person = persons.ids(transaction, reader).getFirst();
        var numbers = marked.stream().map(MailboxMessage::number).toList();
        if (!messages.mark(transaction, person, numbers, kind, origin.receivedAt())) {
            throw new OvertakenException();
        }
    }

    /** @throws CallerException {@code CONFLICT} when it says something else than the letter */
    private Optional<MailboxMessage> withKey(Letter letter) {
        var sender = letter.sender();
        var before = letter.key()
                .flatMap(key -> databases
                        .of(sender.project())
                        .transaction(connection -> messages.find(connection, sender, key)));
        if (before.filter(message -> !message.says(letter)).isPresent()) {
            throw new CallerException(
                    ErrorCode.CONFLICT, "Another message was sent with this key: each has a key of its own.", "key");
        }
        return before;
    }

    /** A message goes with its event, or not at all. */
    private static void requireStored(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> {
            if (outcome instanceof Outcome.Refused refused) {
                throw new CallerException(
                        ErrorCode.CONFLICT,
                        "The event of it was refused, and so nothing was done: "
                                + refused.reason().message());
            }
        });
    }

    /** Somebody else did the same at the same time, so that what this transaction wrote must not stay. */
    private static final class OvertakenException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }
}
