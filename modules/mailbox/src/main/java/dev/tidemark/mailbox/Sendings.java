package dev.tidemark.mailbox;

import dev.tidemark.mailbox.Audience.Recipient;
import dev.tidemark.mailbox.Sending.Said;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends to many, a number of customers at a time in the order of their ids. How far it has come is written in the transaction that
 * writes their messages, and only if nobody else has written it since it was read: so each has one turn, whoever is killed, and
 * whoever believes that it leads.
 */
final class Sendings {

    private static final String SOURCE = "mailbox";
    private static final int AT_ONCE = 500;

    private final Databases databases;
    private final SendingStore store;
    private final Mailboxes mailboxes;
    private final Audience audience;
    private final Clock clock;

    Sendings(Databases databases, SendingStore store, Mailboxes mailboxes, Audience audience, Clock clock) {
        this.databases = databases;
        this.store = store;
        this.mailboxes = mailboxes;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * Begins a sending; a job does the rest.
     *
     * @return it, or the one that was begun with its key before
     * @throws CallerException when condition and template do not fit the customers, and {@code CONFLICT} when something else was
     *     begun with the key
     */
    Sending begin(Project project, SendingWish wish) {
        var before = withKey(project, wish);
        if (before.isPresent()) {
            return before.get();
        }
        var total = audience.count(project, wish.condition(), Template.of(wish.template()));
        return databases
                .of(project)
                .transaction(connection -> store.begin(connection, project, wish, total, clock.instant()))
                .or(() -> withKey(project, wish))
                .orElseThrow();
    }

    /** The next customers of a sending have their turn; nothing where it goes on no more. */
    void step(Project project, long number, Database fenced) {
        var found = fenced.transaction(connection -> store.find(connection, number));
        if (found.isPresent() && found.get().state() == Sending.State.RUNNING) {
            step(project, found.get(), fenced);
        }
    }

    private void step(Project project, Sending sending, Database fenced) {
        var template = Template.of(sending.template());
        var recipients = audience.next(project, sending, template, AT_ONCE);
        List<Letter> letters = new ArrayList<>();
        List<Said> problems = new ArrayList<>();
        for (var recipient : recipients) {
            try {
                letters.add(letter(project, sending, template, recipient));
            } catch (MissingPropertyException | CallerException e) {
                problems.add(
                        new Said(recipient.customer(), "Customer " + recipient.customer() + ": " + e.getMessage()));
            }
        }
        var step = new Sending.Step(
                recipients.isEmpty()
                        ? sending.lastCustomer()
                        : recipients.getLast().customer(),
                letters.size(),
                problems.size(),
                letters.stream()
                        .map(letter -> new Said(letter.sender().customer(), letter.text()))
                        .findFirst(),
                problems.stream().findFirst(),
                recipients.size() < AT_ONCE);
        var now = clock.instant();
        if (sending.dryRun() || letters.isEmpty()) {
            fenced.transaction(connection -> store.step(connection, project, sending, step, now));
        } else {
            mailboxes.deliver(
                    project,
                    letters,
                    Origin.of(SOURCE, now),
                    transaction -> store.step(transaction, project, sending, step, now));
        }
    }

    private static Letter letter(Project project, Sending sending, Template template, Recipient recipient) {
        var properties = recipient.properties();
        var text = template.filled(name -> Optional.ofNullable(properties.get(name)));
        return new Letter(
                new Correspondent(project, recipient.customer(), Side.PROJECT),
                sending.thread(),
                Texts.text(text, "The message"),
                Optional.empty(),
                OptionalLong.of(sending.number()));
    }

    private Optional<Sending> withKey(Project project, SendingWish wish) {
        var before =
                wish.key().flatMap(key -> databases.of(project).transaction(connection -> store.find(connection, key)));
        if (before.filter(sending -> !wish.isFor(sending)).isPresent()) {
            throw new CallerException(
                    ErrorCode.CONFLICT, "Another sending was begun with this key: each has a key of its own.", "key");
        }
        return before;
    }
}
