package dev.tidemark.server.http;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.server.request.RequestJson;
import dev.tidemark.server.request.RequestMembers;
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

    GraphqlRequest read(ServerRequest request) {
        return RequestMembers.request(
                request.prologue().method().equals(Method.GET)
                        ? parameters(request.query())
                        : RequestJson.object(Body.read(request, largestBody, GraphqlRequests::requireJson)));
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
