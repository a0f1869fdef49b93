package dev.tidemark.server.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to a server, and what their refusals mean. */
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> PASSING = Set.of(408, 429);

    private Requests() {}

    static HttpRequest.Builder to(
            ImportClient.Server server, String project, String path, Map<String, List<String>> parameters) {
        var query = parameters.entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> parameter.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
        return HttpRequest.newBuilder(URI.create(server.url().replaceAll("/+$", "") + path + query))
                .header("Authorization", "Bearer " + server.key())
                .header("Tidemark-Project", project);
    }

    /**
     * What the caller can mend.
     *
     * @throws IOException when the same request may do later
     */
    static CallerException refusal(int status, byte[] body, String project) throws IOException {
        var problem = problem(status, body);
        if (status >= 500 || PASSING.contains(status)) {
            throw new IOException(problem.detail());
        }
        return new CallerException(code(problem.code()), sentence(status, problem, project));
    }

    private static String sentence(int status, Problem problem, String project) {
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

    private static Problem problem(int status, byte[] body) throws IOException {
        try {
            return JSON.readValue(body, Problem.class);
        } catch (JacksonException e) {
            return new Problem(unexplained(status), null);
        }
    }

    /** What a proxy says, perhaps: the server itself explains what it refuses, and takes files of any size. */
    private static String unexplained(int status) {
        return status == ErrorCode.PAYLOAD_TOO_LARGE.status()
                ? "A proxy before the server takes no file as large: allow it there, such as by client_max_body_size 0 of nginx."
                : "The server answered with status " + status + ".";
    }

    /** As RFC 9457 has it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(String detail, @Nullable String code) {}
}
