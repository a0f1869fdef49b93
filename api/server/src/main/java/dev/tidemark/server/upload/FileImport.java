package dev.tidemark.server.upload;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings a file into a collection, through interruptions. */
public final class FileImport {

    private static final long POLL_MILLISECONDS = 250;

    private final ImportClient client;
    private final SourceFile file;
    private final String id;
    private final Map<String, List<String>> parameters;
    private final Progress progress;
    private final Retries retries;
    private long reached;

    /** @param parameters of the request, with the {@code id} and the {@code collection} */
    public FileImport(
            ImportClient client,
            SourceFile file,
            String id,
            Map<String, List<String>> parameters,
            Progress progress,
            Retries retries) {
        this.client = client;
        this.file = file;
        this.id = id;
        this.parameters = Map.copyOf(parameters);
        this.progress = progress;
        this.retries = retries;
    }

    /**
     * Returns when all rows are committed.
     *
     * @param before how far the import was
     */
    public ImportState run(ImportState before) throws InterruptedException {
        reached = before.rows();
        progress.begin(reached);
        while (true) {
            var from = reached;
            try {
                return attempt();
            } catch (IOException e) {
                if (reached > from) {
                    retries.moved();
                }
                if (retries.areOver()) {
                    throw new CallerException(
                            ErrorCode.UNAVAILABLE,
                            "The import was interrupted at row %,d: %s Type the same command again: it goes on there."
                                    .formatted(reached, sentence(e)));
                }
                progress.say(
                        "interrupted, trying again in " + retries.nextPause().toMillis() + " ms: " + sentence(e));
            }
            retries.pause();
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
