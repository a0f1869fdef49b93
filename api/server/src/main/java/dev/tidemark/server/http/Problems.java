package dev.tidemark.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers everything that goes wrong outside GraphQL as {@code application/problem+json}. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** For what handlers and filters throw. */
    static void register(HttpRouting.Builder routing, StandingHeaders standing) {
        routing.error(Throwable.class, (request, response, thrown) -> {
            standing.set(request, response);
            answer(response, thrown);
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

    private static void answer(ServerResponse response, Throwable thrown) {
        try {
            Problem.of(thrown).send(response);
        } catch (CloseConnectionException e) {
            // nobody is there to be told; whoever reads notices it too. What is thrown here would be taken for a fault
            LOG.debug("A client has gone before it was refused.", e);
        }
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
