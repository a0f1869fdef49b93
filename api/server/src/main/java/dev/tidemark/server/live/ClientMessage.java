package dev.tidemark.server.live;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.server.request.RequestJson;
import dev.tidemark.server.request.RequestMembers;
import dev.tidemark.spi.CallerException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may say in graphql-transport-ws. */
sealed interface ClientMessage {

    /** @param payload who it is */
    record Init(Map<String, @Nullable Object> payload) implements ClientMessage {}

    record Subscribe(String id, GraphqlRequest request) implements ClientMessage {}

    record Complete(String id) implements ClientMessage {}

    record Ping() implements ClientMessage {}

    record Pong() implements ClientMessage {}

    int LONGEST_ID = 256;

    /** @throws SocketClosed {@code 4400} when it is none of these */
    static ClientMessage read(String text) {
        try {
            var message = RequestJson.object(text);
            return switch (RequestMembers.text(message, "type").orElse("")) {
                case "connection_init" -> new Init(RequestMembers.object(message, "payload"));
                case "subscribe" ->
                    new Subscribe(id(message), RequestMembers.request(RequestMembers.object(message, "payload")));
                case "complete" -> new Complete(id(message));
                case "ping" -> new Ping();
                case "pong" -> new Pong();
                default -> throw bad("The type of a message is one of graphql-transport-ws.");
            };
        } catch (CallerException e) {
            throw bad(e.sentence());
        }
    }

    private static String id(Map<String, @Nullable Object> message) {
        return RequestMembers.text(message, "id")
                .filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID)
                .orElseThrow(() -> bad("An id is a text of 1 to " + LONGEST_ID + " characters."));
    }

    private static SocketClosed bad(String reason) {
        return new SocketClosed(CloseCode.BAD_REQUEST, reason);
    }
}
