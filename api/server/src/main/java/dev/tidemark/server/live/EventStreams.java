package dev.tidemark.server.live;

import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.Presence;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import graphql.language.OperationDefinition.Operation;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers requests by event streams. */
public final class EventStreams {

    private static final MediaType TYPE = MediaTypes.create("text/event-stream");

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create(Feed.LAST_EVENT_ID);

    private final Live live;

    public EventStreams(Live live) {
        this.live = live;
    }

    /** Whether a client that accepts these asks for one. */
    public static boolean isAskedFor(ServerRequestHeaders headers) {
        return headers.acceptedTypes().stream()
                .anyMatch(accepted -> accepted.mediaType().text().equalsIgnoreCase(TYPE.text()));
    }

    /**
     * Returns when the stream has ended.
     *
     * @param allowed the kinds of operation that may come this way
     * @param presence tells when the client has gone
     * @throws CallerException before the stream has begun
     */
    public void answer(
            ServerRequest request,
            ServerResponse response,
            GraphqlRequest graphql,
            Set<Operation> allowed,
            Presence presence) {
        var caller = live.callers().of(request);
        var resumed = graphql.after(request.headers().first(LAST_EVENT_ID));
        try (var _ = live.connections().take(caller);
                var memory = live.engine().share(caller)) {
            memory.run(() -> {
                var answer = live.engine().execute(resumed, caller, allowed, presence);
                tell(request, response, answer, presence);
            });
        }
    }

    private void tell(ServerRequest request, ServerResponse response, ExecutionAnswer answer, Presence presence) {
        requirePermission(answer);
        response.header(HeaderNames.CONTENT_TYPE, TYPE.text());
        response.header("X-Accel-Buffering", "no");
        var writer = new EventStreamWriter(response.outputStream());
        switch (answer) {
            case ExecutionAnswer.Complete complete -> {
                writer.next(complete.body());
                writer.complete();
            }
            case ExecutionAnswer.Stream(var results) ->
                new EventStream(live, request.headers(), writer, results).run(presence);
        }
    }

    /** Who may not have it is told so by the status. */
    private static void requirePermission(ExecutionAnswer answer) {
        if (answer instanceof ExecutionAnswer.Complete complete
                && complete.body().get("errors") instanceof List<?> errors
                && errors.getFirst() instanceof Map<?, ?> error
                && error.get("extensions") instanceof Map<?, ?> extensions
                && ErrorCode.FORBIDDEN.name().equals(extensions.get("code"))) {
            throw new CallerException(ErrorCode.FORBIDDEN, String.valueOf(error.get("message")));
        }
    }
}
