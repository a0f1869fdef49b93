package dev.tidemark.server.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets of requests for one at {@code /graphql}. A page may ask for one only if it comes from this server or from an
 * origin that the operator has listed.
 */
public final class SocketUpgrader extends WsUpgrader {

    private static final String PATH = "/graphql";
    private static final String SUBPROTOCOL = "graphql-transport-ws";

    private final Live live;
    private final Set<String> listed;

    /** @param listed origins; {@code *} is every one */
    public SocketUpgrader(Live live, Set<String> listed) {
        super(WsConfig.create());
        this.live = live;
        this.listed = Set.copyOf(listed);
    }

    /** Null leaves the request to the routes. */
    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
        if (!prologue.uriPath().path().equals(PATH)
                || !headers.contains(WS_KEY)
                || live.connections().isStopping()) {
            return null;
        }
        requireVersion(headers);
        requireOrigin(headers);
        var speaks = headers.values(PROTOCOL).stream()
                .flatMap(offered -> Arrays.stream(offered.split(",")))
                .anyMatch(offered -> offered.strip().equals(SUBPROTOCOL));
        var answer = SWITCHING_PROTOCOL_PREFIX
                + accepted(connection, headers)
                + (speaks ? "\r\n" + PROTOCOL.defaultCase() + ": " + SUBPROTOCOL : "")
                + SWITCHING_PROTOCOLS_SUFFIX;
        connection.dataWriter().writeNow(BufferData.create(answer.getBytes(StandardCharsets.US_ASCII)));
        return new Socket(live, connection, headers, speaks);
    }

    private String accepted(ConnectionContext connection, Headers headers) {
        try {
            return hash(connection, headers.get(WS_KEY).get());
        } catch (IllegalArgumentException e) {
            throw refused(Status.BAD_REQUEST_400, EventType.BAD_REQUEST, "Sec-WebSocket-Key is 16 bytes in Base64.");
        }
    }

    private static void requireVersion(Headers headers) {
        if (!headers.first(WS_VERSION).filter(SUPPORTED_VERSION::equals).isPresent()) {
            throw refused(Status.BAD_REQUEST_400, EventType.BAD_REQUEST, "Sec-WebSocket-Version is 13.");
        }
    }

    private void requireOrigin(Headers headers) {
        var origin = headers.first(HeaderNames.ORIGIN).orElse("");
        if (!origin.isEmpty() && !isOwn(origin, headers) && !listed.contains(origin) && !listed.contains("*")) {
            throw refused(
                    Status.FORBIDDEN_403,
                    EventType.FORBIDDEN,
                    "Pages of this origin may not open a socket: list it in server.cors-origins, or let the proxy that it"
                            + " came through pass on Host.");
        }
    }

    /** Of a page that came from here, as far as proxies tell: some leave the port out. */
    private static boolean isOwn(String origin, Headers headers) {
        var address = origin.replaceFirst("^https?://", "");
        return Stream.of(HeaderNames.HOST, HeaderNames.X_FORWARDED_HOST)
                .flatMap(name -> headers.first(name).stream())
                .anyMatch(host ->
                        host.equalsIgnoreCase(address) || host.equalsIgnoreCase(address.replaceFirst(":\\d+$", "")));
    }

    private static RequestException refused(Status status, EventType type, String sentence) {
        return RequestException.builder()
                .status(status)
                .type(type)
                .setKeepAlive(false)
                .message(sentence)
                .safeMessage(true)
                .build();
    }
}
