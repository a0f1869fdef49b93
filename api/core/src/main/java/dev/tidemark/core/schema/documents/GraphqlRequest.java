package dev.tidemark.core.schema.documents;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as GraphQL over HTTP, WebSocket and SSE have it.
 *
 * @param query the document; empty when it is named by {@code documentId} or by its hash
 * @param operationName which of the document's operations; empty when it has one
 * @param extensions among them Apollo's {@code persistedQuery}
 * @param documentId {@code sha256:} and the hash, in hexadecimal, of a document that was sent before
 * @param lastEventId of an event stream that broke off
 */
public record GraphqlRequest(
        Optional<String> query,
        Optional<String> operationName,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> extensions,
        Optional<String> documentId,
        Optional<String> lastEventId) {

    public GraphqlRequest {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    public static GraphqlRequest of(String query) {
        return of(query, Map.of());
    }

    public static GraphqlRequest of(String query, Map<String, @Nullable Object> variables) {
        return new GraphqlRequest(
                Optional.of(query), Optional.empty(), variables, Map.of(), Optional.empty(), Optional.empty());
    }

    public GraphqlRequest after(Optional<String> eventId) {
        return new GraphqlRequest(query, operationName, variables, extensions, documentId, eventId);
    }
}
