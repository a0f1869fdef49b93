package dev.tidemark.imports.uploads;

import dev.tidemark.imports.files.FileOpener;
import dev.tidemark.imports.files.Problem;
import dev.tidemark.imports.requests.Destination;
import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.imports.values.TypesBefore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Outcome.Refused;
import dev.tidemark.spi.Outcome.Stored;
import dev.tidemark.spi.Project;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One upload of a file: the whole import, or what an interrupted one left. */
public final class Upload {

    private static final int WORTH_ANALYZING = 10_000;
    private static final int MOST_PROBLEMS = 20;
    private static final Set<ErrorCode> PASSING =
            EnumSet.of(ErrorCode.RATE_LIMITED, ErrorCode.QUOTA_EXCEEDED, ErrorCode.UNAVAILABLE);

    private final Events events;
    private final Clock clock;
    private final ImportStore store;
    private final FileOpener files;
    private final Preparation preparation;
    private final Project project;
    private final ImportRequest request;
    private final Origin origin;
    private final Runnable permission;
    private final int batchRows;
    private final Import before;
    private final List<Problem> problems = new ArrayList<>();

    /** Collections that have rows of this upload. */
    private final Set<String> filled = new HashSet<>();

    /** What is committed; changed by one batch after the other. */
    private volatile Import state;

    /** @param permission throws when the key may not write any more: a file can take hours */
    public Upload(
            ModuleContext context,
            Project project,
            ImportRequest request,
            Origin origin,
            Runnable permission,
            int batchRows) {
        this.events = context.events();
        this.clock = context.clock();
        this.store = new ImportStore(context.databases().of(project));
        this.files = new FileOpener(request, context.json(), batchRows);
        this.preparation = new Preparation(events, project, request.mapping().destination());
        this.project = project;
        this.request = request;
        this.origin = origin;
        this.permission = permission;
        this.batchRows = batchRows;
        this.before = store.find(request.id()).orElseGet(() -> Import.begun(request, clock.instant()));
        this.state = before;
    }

    /** Rows that need not be sent again. */
    public long committedRows() {
        return before.rows();
    }

    /** The first rows that this upload could not store. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Stores the rows that are not stored yet.
     *
     * @param content the whole file, from its beginning
     */
    public Import run(InputStream content) {
        requireSame();
        var known = new TypesBefore(events, project);
        var file = files.open(content, known);
        try (var batches = new Batches(before, batchRows, file::requireNames, this::commitOrTell)) {
            file.read(batches);
            batches.finish();
        }
        if (!state.isFinished()) {
            finish();
        }
        if (state.rows() - before.rows() > WORTH_ANALYZING) {
            filled.forEach(name -> events.collection(project, name).ifPresent(table -> store.analyze(table.name())));
        }
        return state;
    }

    private void requireSame() {
        if (!state.collection().equals(destination().collection())) {
            throw state.conflict("belongs to "
                    + state.collection().map(name -> "the collection " + name).orElse("no collection of its own")
                    + ": take another id.");
        }
        if (!state.options().equals(request.options())) {
            throw state.conflict("was begun with " + shown(state.options()) + ", and this is with "
                    + shown(request.options()) + ": rows would be read in two ways. Take the same, or another id.");
        }
        if (state.rows() == 0 && request.file().isPresent()) {
            var latest = store.latest(destination(), request.file().get());
            latest.filter(other -> !other.isFinished()).ifPresent(other -> {
                throw other.conflict("of a file of this name stands at row " + other.rows()
                        + ", and this is another file or the file has changed: finish that one, or take an id of your"
                        + " own.");
            });
        }
    }

    private Destination destination() {
        return request.mapping().destination();
    }

    private static String shown(String options) {
        return options.isEmpty() ? "no options" : options;
    }

    /** What passes is told with what is to be done: who took it for the whole file would send the stored rows twice. */
    private void commitOrTell(Batch batch, Runnable turn) {
        try {
            commit(batch, turn);
        } catch (CallerException e) {
            turn.run();
            if (state.rows() == 0 || !PASSING.contains(e.code())) {
                throw e;
            }
            throw CallerException.until(
                    e.code(),
                    e.sentence() + " The first " + state.rows()
                            + " rows of the file were stored before: sent again with"
                            + " the same id, it goes on behind them.",
                    e.retryAfter(),
                    e.left());
        }
    }

    private void commit(Batch batch, Runnable turn) {
        if (state.rows() == 0) {
            turn.run(); // the first batch may be on its way, which makes the collection for all
        }
        if (state.rows() == 0) {
            requireEvents(batch);
            preparation.requireCollection();
        }
        if (preparation.makeColumns(batch) && state.rows() == 0) {
            files.requireTypes(new TypesBefore(events, project));
        }
        var now = clock.instant();
        var received = new Origin(origin.source(), now, origin.address(), origin.userAgent(), origin.caller());
        var outcomes = events.collect(project, batch.rows(), received, new Events.Companion() {
            @Override
            public void begin() {
                turn.run();
                permission.run();
            }

            @Override
            public void write(Connection transaction, List<Outcome> expected) throws SQLException {
                if (!ImportStore.advance(transaction, state, with(batch, expected, now))) {
                    throw underWay();
                }
            }
        });
        state = with(batch, outcomes, now);
        note(batch, outcomes);
    }

    private Import with(Batch batch, List<Outcome> outcomes, Instant now) {
        return state.plus(Tally.of(outcomes), batch.checksum(), now);
    }

    /** A file of which no row can be stored is misunderstood: a dead letter for each row helps nobody. */
    private void requireEvents(Batch batch) {
        var outcomes = events.rehearse(project, batch.rows(), origin);
        if (outcomes.getFirst() instanceof Refused first && outcomes.stream().allMatch(Refused.class::isInstance)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Nothing was stored: none of the first " + batch.rows().size() + " rows can be. "
                            + batch.problem(0, first.reason()).message());
        }
    }

    private void note(Batch batch, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (batch.rows().get(i) instanceof Event event && outcomes.get(i) instanceof Stored) {
                filled.add(event.collection());
            } else if (problems.size() < MOST_PROBLEMS && outcomes.get(i) instanceof Refused refused) {
                problems.add(batch.problem(i, refused.reason()));
            }
        }
    }

    /** It may be one whose client is gone, which ends soon. */
    private CallerException underWay() {
        return new CallerException(
                ErrorCode.UNAVAILABLE,
                "The import " + state.id() + " is under way in another upload: try again later.");
    }

    private void finish() {
        var finished = state.finished(clock.instant());
        if (!store.advance(state, finished)) {
            throw underWay();
        }
        state = finished;
    }
}
