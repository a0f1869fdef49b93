package dev.tidemark.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.json.StorableText;
import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What went wrong, once for all ways to say it.
 *
 * @param code what a client can act on
 * @param detail a sentence for the caller
 * @param path the way to the value at fault; empty when it is the whole
 */
record Problem(Status status, String code, String detail, List<String> path, List<Header> headers) {

    private static final HttpMediaType MEDIA_TYPE = HttpMediaType.create("application/problem+json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Header CHALLENGE =
            HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"tidemark\"");
    private static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
    /** The names of the limits, as draft-ietf-httpapi-ratelimit-headers has them in front of what is left. */
    private static final Map<ErrorCode, String> LIMITS =
            Map.of(ErrorCode.RATE_LIMITED, "eventsPerSecond", ErrorCode.QUOTA_EXCEEDED, "eventsPerDay");

    /** A defect of ours is logged here, once, with the id that the answer names. */
    static Problem of(Throwable thrown) {
        return switch (thrown) {
            case CallerException e -> of(e.code(), e.sentence(), e.path(), e.retryAfter(), e.left());
            case HttpRefusal e -> new Problem(e.status(), e.code(), e.sentence(), List.of(), e.headers());
            case DatabaseException e -> of(e);
            case HttpException e when isForClient(e.status()) -> of(e.status(), String.valueOf(e.getMessage()));
            default -> fault(thrown);
        };
    }

    static Problem of(Status status, String detail) {
        var code = status.reasonPhrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
        return new Problem(status, code, detail, List.of(), List.of());
    }

    static Problem of(ErrorCode code, String detail, List<String> path) {
        return of(code, detail, path, Duration.ofSeconds(1), 0);
    }

    private static Problem of(ErrorCode code, String detail, List<String> path, Duration retryAfter, long left) {
        List<Header> headers = new ArrayList<>();
        switch (code) {
            case UNAUTHENTICATED -> headers.add(CHALLENGE);
            case RATE_LIMITED, QUOTA_EXCEEDED -> {
                headers.add(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds(retryAfter)));
                headers.add(HeaderValues.create(
                        RATE_LIMIT, "\"%s\";r=%d;t=%d".formatted(LIMITS.get(code), left, seconds(retryAfter))));
            }
            case UNAVAILABLE -> headers.add(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds(retryAfter)));
            case PAYLOAD_TOO_LARGE -> headers.add(HeaderValues.CONNECTION_CLOSE);
            default -> {}
        }
        return new Problem(Status.create(code.status()), code.name(), detail, path, headers);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static boolean isForClient(Status status) {
        return status.code() < Status.INTERNAL_SERVER_ERROR_500.code();
    }

    private static Problem of(DatabaseException failure) {
        if (SqlState.isUnstorableText(failure.sqlState())) {
            return of(ErrorCode.BAD_USER_INPUT, StorableText.REASON, List.of());
        }
        return SqlState.isUnavailable(failure.sqlState())
                ? of(ErrorCode.UNAVAILABLE, "The database cannot be reached now: try again later.", List.of())
                : fault(failure);
    }

    private static Problem fault(Throwable thrown) {
        return new Problem(
                Status.INTERNAL_SERVER_ERROR_500,
                "INTERNAL_SERVER_ERROR",
                "Something failed on our side; the log has it as " + Fault.logged(thrown) + ".",
                List.of(),
                List.of());
    }

    /** RFC 9457. */
    void send(ServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        response.headers().contentType(MEDIA_TYPE);
        response.send(json());
    }

    byte[] json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:tidemark:problem:" + code);
        members.put("title", status.reasonPhrase());
        members.put("status", status.code());
        members.put("detail", detail);
        members.put("code", code);
        if (!path.isEmpty()) {
            members.put("errors", List.of(Map.of("detail", detail, "pointer", "#/" + String.join("/", path))));
        }
        return bytes(members);
    }

    /** As an answer of GraphQL. */
    byte[] graphql() {
        return bytes(Map.of("errors", List.of(Map.of("message", detail, "extensions", Map.of("code", code)))));
    }

    private static byte[] bytes(Map<String, Object> members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
