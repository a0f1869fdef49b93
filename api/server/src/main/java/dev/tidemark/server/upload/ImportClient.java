package dev.tidemark.server.upload;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A server's {@code /import}. An {@link IOException} says that the same request may do later, a {@link CallerException} that it
 * never will.
 *
 * @param access asked anew for each request: a server that starts again has another key for this machine, perhaps another port
 * @param project whose events they become
 */
public record ImportClient(HttpClient http, Access access, String project) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How far an import is: at row 0 when nothing of it is stored. */
    public ImportState progress(String id) throws IOException, InterruptedException {
        return progress("/import/" + id, Map.of());
    }

    /**
     * How far the latest import of a file of that name is: at row 0 when there was none.
     *
     * @param destination the parameter that says into which collections
     */
    public ImportState latest(Map<String, List<String>> destination, String file)
            throws IOException, InterruptedException {
        Map<String, List<String>> parameters = new HashMap<>(destination);
        parameters.put("file", List.of(file));
        return progress("/import", parameters);
    }

    private ImportState progress(String path, Map<String, List<String>> parameters)
            throws IOException, InterruptedException {
        var request = Requests.to(access.current(), project, path, parameters)
                .timeout(PATIENCE)
                .build();
        var response = http.send(request, BodyHandlers.ofByteArray());
        return response.statusCode() == ErrorCode.NOT_FOUND.status() ? ImportState.NOTHING : state(response);
    }

    /** Sends a file; the future fails as the other methods do. */
    CompletableFuture<ImportState> upload(Path file, Map<String, List<String>> parameters) throws IOException {
        return http.sendAsync(post(file, parameters), BodyHandlers.ofByteArray())
                .thenApply(response -> {
                    try {
                        return state(response);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    /** Sends a file to learn what an import of it would do. */
    public DryRun rehearse(Path file, Map<String, List<String>> parameters) throws IOException, InterruptedException {
        var response = http.send(post(file, parameters), BodyHandlers.ofByteArray());
        return JSON.readValue(answer(response), DryRun.class);
    }

    private HttpRequest post(Path file, Map<String, List<String>> parameters) throws IOException {
        return Requests.to(access.current(), project, "/import", parameters)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file))
                .build();
    }

    private ImportState state(HttpResponse<byte[]> response) throws IOException {
        return JSON.readValue(answer(response), ImportState.class);
    }

    private byte[] answer(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != 200) {
            throw Requests.refusal(response.statusCode(), response.body(), project);
        }
        return response.body();
    }

    /** The way to the server, as it is now. */
    @FunctionalInterface
    public interface Access {
        Server current() throws IOException;
    }

    /** Where it listens, and the key to use. */
    public record Server(String url, String key) {

        /** Without the key, which has no business in a log. */
        @Override
        public String toString() {
            return url;
        }
    }
}
