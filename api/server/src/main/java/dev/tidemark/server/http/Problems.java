package dev.tidemark.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import org.jspecify.annotations.Nullable;

/** Answers everything that goes wrong outside GraphQL as {@code application/problem+json}. */
final class Problems {

    private Problems() {}

    /** For what handlers and filters throw. */
    static void register(HttpRouting.Builder routing, StandingHeaders standing) {
        routing.error(Throwable.class, (request, response, thrown) -> {
            standing.set(request, response);
            Problem.of(thrown).send(response);
        });
    }

    /** For what the web server refuses before any route. */
    static DirectHandlers beforeRoutes() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, new Refused());
        }
        return handlers.build();
    }

    private static final class Refused implements DirectHandler {

        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType type,
                Status status,
                ServerResponseHeaders headers,
                Throwable thrown,
                System.@Nullable Logger logger) {
            var isOurs = status.code() >= Status.INTERNAL_SERVER_ERROR_500.code()
                    && status.code() != Status.SERVICE_UNAVAILABLE_503.code();
            var detail =
                    thrown instanceof RequestException e && !e.safeMessage() ? status.reasonPhrase() : text(thrown);
            return response(isOurs ? Problem.of(thrown) : Problem.of(status, detail), headers);
        }

        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType type,
                Status status,
                ServerResponseHeaders headers,
                String message) {
            return response(Problem.of(status, message), headers);
        }

        private static String text(Throwable thrown) {
            return thrown.getMessage() == null ? "The request is not HTTP/1.1." : thrown.getMessage();
        }

        private static TransportResponse response(Problem problem, Headers headers) {
            var response = TransportResponse.builder().status(problem.status());
            headers.forEach(response::header);
            return response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json"))
                    .entity(problem.json())
                    .build();
        }
    }
}
