package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.OwnerStore;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.texts.TextStore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends letters, each together with its event. */
public final class Letters {

    private final Databases databases;
    private final Together together;
    private final Persons persons;
    private final OwnerStore owners;
    private final NumberStore numbers;
    private final MessageStore messages;
    private final TextStore texts;
    private final LetterStore store = new LetterStore();

    public Letters(
            Databases databases,
            Together together,
            Persons persons,
            OwnerStore owners,
            NumberStore numbers,
            MessageStore messages,
            TextStore texts) {
        this.databases = databases;
        this.together = together;
        this.persons = persons;
        this.owners = owners;
        this.numbers = numbers;
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
        var project = letter.sender().project();
        var before = withKey(letter);
        if (before.isPresent()) {
            return before.get();
        }
        return deliver(project, List.of(letter), origin, transaction -> true)
                .map(sent -> find(project, sent.getFirst()))
                .orElseGet(() -> withKey(letter))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.NOT_FOUND, "The customer was erased while the message was sent.", "customer"));
    }

    /**
     * Sends letters to or from different people, together with something else, in one transaction.
     *
     * @param also whether it may be so
     * @param letters all of one sending, or of none
     * @return the numbers of the messages; empty: it may not, one of them was sent before, to whichever id of a person, or two turned
     *     out to be one person's, and nothing was done
     */
    public Optional<List<Long>> deliver(
            Project project, List<Letter> letters, Origin origin, Database.Work<Boolean> also) {
        var now = origin.receivedAt();
        var next = databases.of(project).transaction(connection -> numbers.ofMessages(connection, letters.size()));
        var told = IntStream.range(0, letters.size())
                .mapToObj(i -> letters.get(i).event(next.get(i), now))
                .toList();
        var isDone = together.commit(
                project,
                told,
                origin,
                transaction -> also.run(transaction) && send(transaction, project, next, letters, now));
        return isDone ? Optional.of(next) : Optional.empty();
    }

    private boolean send(Connection transaction, Project project, List<Long> next, List<Letter> letters, Instant now)
            throws SQLException {
        var areKept = texts.areKept(transaction, project);
        if (!areKept) {
            texts.pass(transaction, next, letters.stream().map(Letter::text).toList());
        }
        owners.keep(transaction);
        var customers =
                letters.stream().map(letter -> letter.sender().customer()).toList();
        var ids = persons.ids(transaction, customers);
        var people = customers.stream()
                .map(customer -> ids.getOrDefault(customer, List.of(customer)).getFirst())
                .toList();
        var sending = letters.getFirst().sending();
        if (Set.copyOf(people).size() < people.size()
                || (sending.isPresent()
                        && !haveOf(transaction, sending.get(), ids).isEmpty())) {
            return false;
        }
        var sent = numbers.ofLetters(transaction, people, now);
        return store.send(transaction, next, letters, sent, areKept, now);
    }

    /** Those of the customers who have a message of a sending, by whichever of their ids. */
    public Set<String> haveOf(Project project, SendingId sending, List<String> customers) {
        return databases
                .of(project)
                .transaction(connection -> haveOf(connection, sending, persons.ids(connection, customers)));
    }

    private Set<String> haveOf(Connection connection, SendingId sending, Map<String, List<String>> ids)
            throws SQLException {
        var have = store.haveOf(
                connection, sending, ids.values().stream().flatMap(List::stream).toList());
        return ids.entrySet().stream()
                .filter(customer -> customer.getValue().stream().anyMatch(have::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Optional<MailboxMessage> find(Project project, long number) {
        return databases.of(project).transaction(connection -> messages.find(connection, number));
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
}
