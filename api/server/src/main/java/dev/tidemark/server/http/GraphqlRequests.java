package dev.tidemark.server.http;

import dev.tidemark.core.schema.GraphqlRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes GraphQL requests out of HTTP's. Members that nobody knows are left alone. */
record GraphqlRequests(int largestBody) {

    // NullAway does not see that the values of a compiled record's map may be null
    @SuppressWarnings("NullAway")
    GraphqlRequest read(ServerRequest request) {
        var parameters = request.prologue().method().equals(Method.GET)
                ? parameters(request.query())
                : RequestJson.object(Body.read(request, largestBody, GraphqlRequests::requireJson));
        var graphql = new GraphqlRequest(
                text(parameters, "query"),
                text(parameters, "operationName"),
                object(parameters, "variables"),
                object(parameters, "extensions"),
                text(parameters, "documentId"));
        if (graphql.query().isEmpty()
                && graphql.documentId().isEmpty()
                && !graphql.extensions().containsKey("persistedQuery")) {
            throw refused("query", "The request has no query: send {\"query\": \"…\"}.");
        }
        return graphql;
    }

    private static Map<String, @Nullable Object> parameters(UriQuery query) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (var name : query.names()) {
            if (query.all(name).size() > 1) {
                throw refused(name, "The parameter " + name + " is there more than once.");
            }
            var value = query.get(name);
            parameters.put(name, isObject(name) ? RequestJson.object(value) : value);
        }
        return parameters;
    }

    private static boolean isObject(String name) {
        return name.equals("variables") || name.equals("extensions");
    }

    private static Optional<String> text(Map<String, @Nullable Object> parameters, String name) {
        return switch (parameters.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw refused(name, "The member " + name + " is a string.");
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> parameters, String name) {
        return switch (parameters.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> (Map<String, @Nullable Object>) object;
            default -> throw refused(name, "The member " + name + " is an object.");
        };
    }

    /** Nothing that a form of a web page can send. */
    private static void requireJson(Optional<HttpMediaType> type) {
        var isJson = type.filter(given -> given.mediaType().text().equalsIgnoreCase("application/json"))
                .filter(given -> given.charset().map(AnswerType::isUtf8).orElse(true))
                .isPresent();
        if (!isJson) {
            throw new HttpRefusal(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE.name(),
                    "Send the request as application/json, in UTF-8.");
        }
    }

    private static CallerException refused(String member, String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, member);
    }
}
