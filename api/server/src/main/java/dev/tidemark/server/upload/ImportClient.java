package dev.tidemark.server.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);

    /** How far an import is: at row 0 when nobody began it. */
    public ImportState progress(String id) throws IOException, InterruptedException {
        var request = request("/import/" + id).timeout(PATIENCE).build();
        return state(http.send(request, BodyHandlers.ofByteArray()));
    }

    /** Sends a file; the future fails as the other methods do. */
    CompletableFuture<ImportState> upload(Path file, Map<String, String> parameters) throws IOException {
        var query = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = request("/import?" + query)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofFile(file))
                .build();
        return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(response -> {
            try {
                return state(response);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private HttpRequest.Builder request(String path) throws IOException {
        var server = access.current();
        return HttpRequest.newBuilder(URI.create(server.url().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + server.key())
                .header("Tidemark-Project", project);
    }

    private ImportState state(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() == 200) {
            return JSON.readValue(response.body(), ImportState.class);
        }
        var problem = problem(response);
        if (response.statusCode() >= 500 || PASSING.contains(response.statusCode())) {
            throw new IOException(problem.detail());
        }
        throw new CallerException(code(problem.code()), sentence(response.statusCode(), problem));
    }

    private String sentence(int status, Problem problem) {
        return status == ErrorCode.UNAUTHENTICATED.status()
                ? "The key opens no project " + project
                        + ": check the key, or make the project first: ./tidemark project create " + project
                : problem.detail();
    }

    private static ErrorCode code(@Nullable String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.BAD_USER_INPUT);
    }

    private static Problem problem(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readValue(response.body(), Problem.class);
        } catch (JacksonException e) {
            return new Problem("The server answered with status " + response.statusCode() + ".", null);
        }
    }

    /** As RFC 9457 has it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(String detail, @Nullable String code) {}

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
