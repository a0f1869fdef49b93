package dev.tidemark.spi;

import io.helidon.webserver.http.ServerRequest;

/**
 * The network address that a request came from, as the proxies before the server tell it. It lies in the context of the request.
 *
 * @param text such as {@code 203.0.113.7} or {@code 2001:db8::7}
 */
public record ClientAddress(String text) {

    /** Where nobody knows better, that of the other end of the connection. */
    public static String of(ServerRequest request) {
        return request.context()
                .get(ClientAddress.class)
                .map(ClientAddress::text)
                .orElseGet(() -> request.remotePeer().host());
    }
}
