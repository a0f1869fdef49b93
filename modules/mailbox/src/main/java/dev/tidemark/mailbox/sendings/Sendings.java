package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.Letters;
import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.sendings.Audience.Recipient;
import dev.tidemark.mailbox.texts.TextStore;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.FewerAtOnce;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Begins sendings and takes them on. */
public final class Sendings {

    private static final String SOURCE = "mailbox";
    private static final int AT_ONCE = 500;

    private final Databases databases;
    private final SendingStore store;
    private final LateStore latecomers;
    private final TextStore texts;
    private final Letters letters;
    private final Persons persons;
    private final Audience audience;
    private final AuditLog audit;
    private final Clock clock;

    public Sendings(
            Databases databases,
            SendingStore store,
            LateStore latecomers,
            TextStore texts,
            Letters letters,
            Persons persons,
            Audience audience,
            AuditLog audit,
            Clock clock) {
        this.databases = databases;
        this.store = store;
        this.latecomers = latecomers;
        this.texts = texts;
        this.letters = letters;
        this.persons = persons;
        this.audience = audience;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Begins a sending; a job does the rest.
     *
     * @return it, or the one that was begun with its key before
     * @throws CallerException when condition and template do not fit the customers, and {@code CONFLICT} when something else was
     *     begun with the key
     */
    Sending begin(Caller caller, SendingWish wish) {
        var project = caller.project();
        var before = withKey(project, wish);
        if (before.isPresent()) {
            return before.get();
        }
        var total = audience.count(project, wish.choice(), Template.of(wish.template()));
        return databases
                .of(project)
                .transaction(connection -> {
                    var begun = store.begin(connection, project, wish, total, clock.instant());
                    if (begun.isPresent()) {
                        audit.note(
                                connection,
                                caller,
                                "sendToCustomers",
                                begun.get().id().text(project));
                    }
                    return begun;
                })
                .or(() -> withKey(project, wish))
                .orElseThrow();
    }

    /** The next customers of a sending have their turn; nothing where it goes on no more. */
    void step(Project project, SendingId id, Database fenced) {
        var found = fenced.transaction(connection -> store.find(connection, id));
        if (found.isPresent() && found.get().state() == Sending.State.RUNNING) {
            // of some customers so much may be known that fewer have their turn at once
            var _ = FewerAtOnce.attempt(AT_ONCE, most -> step(project, found.get(), fenced, most));
        }
    }

    private Sending.Step step(Project project, Sending sending, Database fenced, int most) {
        var template = Template.of(sending.template());
        var next = audience.next(project, sending, template, most);
        var isLast = next.size() < most;
        var late = isLast
                ? fenced.transaction(connection -> latecomers.some(connection, sending.id(), most))
                : List.<String>of();
        var turn = turn(project, sending, template, next, late);
        var step = turn.step(
                next.isEmpty() ? sending.lastCustomer() : next.getLast().customer(),
                late,
                isLast && late.size() < most);
        var now = clock.instant();
        Database.Work<Boolean> note = transaction -> note(transaction, project, sending, step, now);
        if (sending.dryRun() || turn.letters().isEmpty()) {
            fenced.transaction(note);
        } else {
            letters.deliver(project, turn.letters(), Origin.of(SOURCE, now), note);
        }
        return step;
    }

    /** False: somebody else took a step meanwhile, so the transaction must not commit. */
    private boolean note(Connection transaction, Project project, Sending sending, Sending.Step step, Instant now)
            throws SQLException {
        var id = sending.id();
        var told = texts.areKept(transaction, project) ? step : step.untold();
        if (!store.step(transaction, sending, told) || !latecomers.had(transaction, id, step.late())) {
            return false;
        }
        if (!step.late().isEmpty()) {
            countAgain(transaction, id, step.late());
        }
        if (!sending.dryRun()) {
            latecomers.skip(transaction, id, step.skipped());
        }
        return !step.isEnd()
                || !latecomers.some(transaction, id, 1).isEmpty()
                || store.end(transaction, project, id, Sending.State.DONE, Optional.empty(), now);
    }

    /** Who has another turn was perhaps skipped before, by one or more of their ids, and then counts as this turn ends. */
    private void countAgain(Connection transaction, SendingId id, List<String> late) throws SQLException {
        var ids = persons.ids(transaction, late).values().stream()
                .flatMap(List::stream)
                .toList();
        store.unskip(transaction, id, latecomers.unskip(transaction, id, ids));
    }

    /** @param late some who may have been passed over, and may be among the next ones */
    private Turn turn(Project project, Sending sending, Template template, List<Recipient> next, List<String> late) {
        var others = new ArrayList<>(late);
        others.removeAll(next.stream().map(Recipient::customer).toList());
        var all = Stream.concat(next.stream(), audience.those(project, sending, template, others).stream())
                .toList();
        var have = letters.haveOf(
                project, sending.id(), all.stream().map(Recipient::customer).toList());
        var turn = new Turn(project, sending, template);
        all.stream().filter(recipient -> !have.contains(recipient.customer())).forEach(turn::add);
        return turn;
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
