package dev.tidemark.imports;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Submission;
import dev.tidemark.spi.Submission.Unreadable;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One upload of a file: the whole import, or what an interrupted one left. */
final class Upload {

    private static final int WORTH_ANALYZING = 10_000;

    private final Events events;
    private final Clock clock;
    private final ImportStore store;
    private final Project project;
    private final ImportRequest request;
    private final Origin origin;
    private final int batchRows;

    /** What is committed; touched by one thread at a time. */
    private Import state;

    Upload(ModuleContext context, Project project, ImportRequest request, Origin origin, int batchRows) {
        this.events = context.events();
        this.clock = context.clock();
        this.store = new ImportStore(context.databases().of(project));
        this.project = project;
        this.request = request;
        this.origin = origin;
        this.batchRows = batchRows;
        this.state = store.find(request.id())
                .orElseGet(() -> Import.unknown(request.id(), request.collection(), clock.instant()));
    }

    /** Rows that need not be sent again. */
    long committedRows() {
        return state.rows();
    }

    /**
     * Stores the rows that are not stored yet.
     *
     * @param content the whole file, from its beginning
     */
    Import run(InputStream content) {
        if (!state.collection().equals(request.collection())) {
            throw conflict("belongs to the collection " + state.collection() + ": take another id.");
        }
        if (state.isFinished()) {
            return state;
        }
        var before = state.rows();
        store(new CsvFile(content, request.delimiter()));
        finish();
        if (state.rows() - before > WORTH_ANALYZING) {
            events.collection(project, request.collection()).ifPresent(table -> store.analyze(table.name()));
        }
        return state;
    }

    private void store(CsvFile file) {
        var first = file.next()
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "The file is empty: it begins with a header line."));
        var header = Header.of(first, request);
        var sample = file.next(batchRows);
        var values = new ValueReader(request.zone());
        var types = ColumnTypes.of(header, sample, events.collection(project, request.collection()), values);
        store(file, sample, new RowReader(request, header, types, values));
    }

    /** While a batch is committed, the next one is read. */
    private void store(CsvFile file, List<Row> sample, RowReader reader) {
        var toSkip = state.rows();
        var isFirst = toSkip == 0;
        try (var writer = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            Future<?> writing = CompletableFuture.completedFuture(null);
            for (var rows = sample; !rows.isEmpty(); rows = file.next(batchRows)) {
                var skipped = (int) Math.min(toSkip, rows.size());
                toSkip -= skipped;
                if (skipped == rows.size()) {
                    continue;
                }
                var batch = rows.stream().skip(skipped).map(reader::read).toList();
                if (isFirst) {
                    requireEvents(batch);
                    isFirst = false;
                }
                await(writing);
                writing = writer.submit(() -> commit(batch));
            }
            await(writing);
        }
        if (toSkip > 0) {
            throw conflict(
                    "has " + state.rows() + " rows stored already, more than this file has: it is another file.");
        }
    }

    /** A file of which no row can be read is misunderstood: a dead letter for each row helps nobody. */
    private static void requireEvents(List<Submission> batch) {
        if (batch.stream().allMatch(Unreadable.class::isInstance)) {
            var reason = ((Unreadable) batch.getFirst()).reason();
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Nothing was stored: none of the first " + batch.size() + " rows can be read. " + reason.message());
        }
    }

    private void commit(List<Submission> batch) {
        var from = state;
        var now = clock.instant();
        var received = new Origin(origin.source(), now, origin.address(), origin.userAgent(), origin.caller());
        var outcomes = events.collect(project, batch, received, (transaction, expected) -> {
            if (!ImportStore.advance(transaction, from, from.plus(Tally.of(expected), now))) {
                throw conflict("is under way in another upload.");
            }
        });
        state = from.plus(Tally.of(outcomes), now);
    }

    private void finish() {
        var finished = state.finished(clock.instant());
        if (!store.advance(state, finished)) {
            throw conflict("is under way in another upload.");
        }
        state = finished;
    }

    private CallerException conflict(String fact) {
        return new CallerException(ErrorCode.CONFLICT, "The import " + request.id() + " " + fact);
    }

    private static void await(Future<?> writing) {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallerException(ErrorCode.UNAVAILABLE, "The server stops: send it again in a moment.");
        }
    }
}
