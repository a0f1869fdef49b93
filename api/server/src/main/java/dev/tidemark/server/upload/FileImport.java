package dev.tidemark.server.upload;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings a file into a collection, through interruptions. */
public final class FileImport {

    private static final long POLL_MILLISECONDS = 250;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ImportClient client;
    private final SourceFile file;
    private final String id;
    private final Map<String, String> parameters;
    private final Progress progress;
    private final Duration patience;
    private long reached;

    /**
     * @param parameters of the request, with the {@code id} and the {@code collection}
     * @param patience how long it may stand still before it is given up
     */
    public FileImport(
            ImportClient client,
            SourceFile file,
            String id,
            Map<String, String> parameters,
            Progress progress,
            Duration patience) {
        this.client = client;
        this.file = file;
        this.id = id;
        this.parameters = Map.copyOf(parameters);
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * Returns when all rows are committed.
     *
     * @param before how far the import was
     */
    public ImportState run(ImportState before) throws InterruptedException {
        reached = before.rows();
        progress.begin(reached);
        var pause = FIRST_PAUSE;
        var moved = System.nanoTime();
        while (true) {
            var from = reached;
            try {
                return attempt();
            } catch (IOException e) {
                if (reached > from) {
                    moved = System.nanoTime();
                    pause = FIRST_PAUSE;
                }
                if (System.nanoTime() - moved > patience.toNanos()) {
                    throw new CallerException(
                            ErrorCode.UNAVAILABLE,
                            "The import was interrupted at row %,d: %s Type the same command again: it goes on there."
                                    .formatted(reached, sentence(e)));
                }
                progress.say("interrupted, trying again in " + pause.toMillis() + " ms: " + sentence(e));
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private ImportState attempt() throws IOException, InterruptedException {
        var upload = client.upload(file.path(), parameters);
        try {
            var done = watch(upload);
            progress.reach(done.rows());
            return done;
        } finally {
            upload.cancel(true);
        }
    }

    private ImportState watch(CompletableFuture<ImportState> upload) throws IOException, InterruptedException {
        while (true) {
            try {
                return upload.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                reached = client.progress(id).rows();
                progress.reach(reached);
            } catch (ExecutionException | CancellationException e) {
                throw failure(e);
            }
        }
    }

    private static IOException failure(Exception e) {
        if (e.getCause() instanceof CallerException refused) {
            throw refused;
        }
        return e.getCause() instanceof IOException lost ? lost : new IOException(e);
    }

    private static String sentence(IOException e) {
        var message = e.getMessage() == null ? "the connection was lost" : e.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }
}
