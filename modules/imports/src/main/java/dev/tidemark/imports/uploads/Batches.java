package dev.tidemark.imports.uploads;

import dev.tidemark.imports.files.RowSink;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Submission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gathers the rows of a file behind those that are stored. While a batch is written, the next one is made ready, and the one after that is
 * gathered.
 */
public final class Batches implements RowSink, AutoCloseable {

    /** Odd, so that the checksum forgets no row. */
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    /** In memory, where a batch is gathered while another is made ready and a third is committed. */
    private static final long MOST_BYTES = 10 << 20;

    private final Import from;
    private final int mostRows;
    private final Runnable beforeFirst;
    private final Commit commit;
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private Future<?> lastButOne = CompletableFuture.completedFuture(null);
    private Future<?> last = lastButOne;
    private List<Submission> rows = new ArrayList<>();
    private Map<String, ColumnType> types = Map.of();
    private long[] lines;
    private long bytes;
    private long seen;
    private boolean isBegun;
    private long checksum;

    /**
     * @param beforeFirst runs when the first batch of the file has been read
     * @param commit is called on a thread of its own, for two batches at a time
     */
    public Batches(Import from, int mostRows, Runnable beforeFirst, Commit commit) {
        this.from = from;
        this.mostRows = mostRows;
        this.isBegun = from.rows() > 0;
        this.beforeFirst = beforeFirst;
        this.commit = commit;
        this.lines = new long[mostRows];
    }

    /** Stores a batch. */
    @FunctionalInterface
    public interface Commit {
        /** @param turn waits until the batch before is stored, and throws when it could not be */
        void commit(Batch batch, Runnable turn);
    }

    @Override
    public void begin(Map<String, ColumnType> asked) {
        types = asked;
    }

    @Override
    public boolean isStored(int rowChecksum) {
        checksum = (checksum + rowChecksum) * FACTOR;
        if (seen == from.rows()) {
            return false;
        }
        seen++;
        if (seen == from.rows() && checksum != from.checksum()) {
            throw from.conflict(
                    "has " + seen + " rows stored, and they are not the first ones of this file: it is another"
                            + " file. Take another id.");
        }
        return true;
    }

    @Override
    public void add(long line, long rowBytes, Submission row) {
        lines[rows.size()] = line;
        rows.add(row);
        bytes += rowBytes;
        if (rows.size() == mostRows || bytes > MOST_BYTES) {
            flush();
        }
    }

    /** Returns when all rows are committed. */
    public void finish() {
        if (seen < from.rows()) {
            throw from.conflict(
                    "has " + from.rows() + " rows stored already, more than this file has: it is another file.");
        }
        flush();
        await(lastButOne);
        await(last);
    }

    private void flush() {
        await(lastButOne);
        if (!rows.isEmpty()) {
            if (!isBegun) {
                beforeFirst.run();
                isBegun = true;
            }
            var begins = Arrays.copyOf(lines, rows.size());
            var batch = new Batch(types, rows, place -> begins[place], checksum);
            var before = last;
            lastButOne = last;
            last = writers.submit(() -> commit.commit(batch, () -> await(before)));
            rows = new ArrayList<>(rows.size());
            bytes = 0;
        }
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

    /** Waits for what is being committed. */
    @Override
    public void close() {
        writers.close();
    }
}
