package dev.tidemark.core.events.letters;

import dev.tidemark.core.events.admission.Resubmission;
import dev.tidemark.core.events.ingestion.Ingestion;
import dev.tidemark.core.json.MergePatch;
import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was refused, mended or given up.
 *
 * <p>A letter leaves in the transaction that stores its event, so at no moment are there both or neither. Two who retry the
 * same letter meet there: the later one finds it gone, undoes its events, and looks again at what is left.
 */
public final class DeadLetters {

    private static final int CHUNK = 500;
    private static final long CHUNK_BYTES = 8L << 20;
    /** In one call, so that it ends within the time of a request. */
    private static final int MOST = 5_000;

    private static final int DISCARDED_AT_ONCE = 10_000;
    private static final int ATTEMPTS = 8;

    private final Databases databases;
    private final Ingestion ingestion;
    private final Rereading rereading;
    private final AuditLog audit;
    private final Clock clock;
    private final KeptLetterStore store = new KeptLetterStore();

    public DeadLetters(Databases databases, Ingestion ingestion, Rereading rereading, AuditLog audit, Clock clock) {
        this.databases = databases;
        this.ingestion = ingestion;
        this.rereading = rereading;
        this.audit = audit;
        this.clock = clock;
    }

    List<KeptLetter> latest(Project project, LetterFilter filter, long before, int limit) {
        var found = databases.of(project).transaction(connection -> store.latest(connection, filter, before, limit));
        AnswerMemory.current()
                .ifPresent(memory -> memory.take(
                        found.stream().mapToLong(kept -> kept.letter().bytes()).sum()));
        return found;
    }

    Optional<KeptLetter> find(Project project, long id) {
        return databases.of(project).transaction(connection -> store.find(connection, id));
    }

    long notKept(Project project) {
        return databases.of(project).transaction(store::notKept);
    }

    Retried retry(Caller caller, Retry retry) {
        var project = caller.project();
        var result = new Retried();
        var rehearsal = ingestion.rehearsal(project);
        var after = retry.after();
        for (var letters = next(project, retry, after); !letters.isEmpty(); letters = next(project, retry, after)) {
            if (result.all() >= MOST) {
                result.stopAfter(after);
                return result;
            }
            if (retry.dryRun()) {
                result.add(letters, rehearsal.outcomes(ingestion.admitAgain(project, again(letters, retry.patch()))));
            } else {
                store(caller, retry, after, letters, result);
            }
            after = letters.getLast().id();
        }
        return result;
    }

    private void store(Caller caller, Retry retry, long after, List<KeptLetter> found, Retried result) {
        var project = caller.project();
        var letters = found;
        for (int attempt = 1; !letters.isEmpty(); attempt++) {
            var chunk = letters;
            try {
                result.add(
                        chunk,
                        ingestion.collectAgain(
                                project,
                                again(chunk, retry.patch()),
                                (transaction, outcomes) -> settle(transaction, caller, chunk, outcomes)));
                return;
            } catch (GoneException e) {
                if (attempt == ATTEMPTS) {
                    throw new CallerException(
                            ErrorCode.CONFLICT, "These letters are being retried by someone else: try again later.");
                }
                var last = chunk.getLast().id();
                letters = next(project, retry, after).stream()
                        .filter(letter -> letter.id() <= last)
                        .toList();
            }
        }
    }

    /** Discards letters and tells how many. */
    long discard(Caller caller, LetterFilter filter) {
        var database = databases.of(caller.project());
        var last = database.transaction(store::last);
        var all = 0L;
        int discarded;
        do {
            discarded = database.transaction(connection -> discard(connection, caller, filter, last));
            all += discarded;
        } while (discarded == DISCARDED_AT_ONCE);
        return all;
    }

    private int discard(Connection transaction, Caller caller, LetterFilter filter, long last) throws SQLException {
        var discarded = store.remove(transaction, filter, last, DISCARDED_AT_ONCE);
        if (discarded > 0) {
            note(transaction, caller, "discardDeadLetters", discarded);
        }
        return discarded;
    }

    private void note(Connection transaction, Caller caller, String act, int count) throws SQLException {
        audit.note(transaction, caller, act, count == 1 ? "1 letter" : count + " letters");
    }

    private List<KeptLetter> next(Project project, Retry retry, long after) {
        return databases
                .of(project)
                .transaction(connection -> store.next(connection, retry.filter(), after, CHUNK, CHUNK_BYTES));
    }

    private List<Resubmission> again(List<KeptLetter> letters, MergePatch patch) {
        return letters.stream()
                .map(kept -> rereading.read(kept.letter(), patch))
                .toList();
    }

    private void settle(Connection transaction, Caller caller, List<KeptLetter> letters, List<Outcome> outcomes)
            throws SQLException {
        List<Long> done = new ArrayList<>();
        Map<Long, Refusal> refused = new LinkedHashMap<>();
        for (int i = 0; i < letters.size(); i++) {
            var id = letters.get(i).id();
            if (outcomes.get(i) instanceof Outcome.Refused again) {
                refused.put(id, again.reason());
            } else {
                done.add(id);
            }
        }
        if (store.remove(transaction, done) < done.size()
                || store.refusedAgain(transaction, refused, clock.instant()) < refused.size()) {
            throw new GoneException();
        }
        note(transaction, caller, "retryDeadLetters", letters.size());
    }

    private static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GoneException() {
            super("A dead letter has gone.", null, false, false);
        }
    }
}
