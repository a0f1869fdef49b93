package dev.tidemark.server.request;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a GraphQL request out of the members of an object. Those that nobody knows are left alone. */
public final class RequestMembers {

    private RequestMembers() {}

    /** @throws CallerException naming the member that is missing or of another type */
    // NullAway does not see that the values of a compiled record's map may be null
    @SuppressWarnings("NullAway")
    public static GraphqlRequest request(Map<String, @Nullable Object> members) {
        var graphql = new GraphqlRequest(
                text(members, "query"),
                text(members, "operationName"),
                object(members, "variables"),
                object(members, "extensions"),
                text(members, "documentId"),
                Optional.empty());
        if (graphql.query().isEmpty()
                && graphql.documentId().isEmpty()
                && !graphql.extensions().containsKey("persistedQuery")) {
            throw refused("query", "The request has no query: send {\"query\": \"…\"}.");
        }
        return graphql;
    }

    /** The member of that name; empty when it is absent or null. */
    public static Optional<String> text(Map<String, @Nullable Object> members, String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw refused(name, "The member " + name + " is a string.");
        };
    }

    /** The member of that name; of nothing when it is absent or null. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> object(Map<String, @Nullable Object> members, String name) {
        return switch (members.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> (Map<String, @Nullable Object>) object;
            default -> throw refused(name, "The member " + name + " is an object.");
        };
    }

    private static CallerException refused(String member, String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, member);
    }
}
