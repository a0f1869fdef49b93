/**
 * Operations that answer more than once: by {@code graphql-transport-ws} on a WebSocket, and by graphql-sse's distinct connections.
 *
 * <p><b>Threads.</b> A socket has a thread that reads, a thread that looks after it ({@link dev.tidemark.server.live.Keeper}), and
 * one for each operation, which asks for a result, writes it, and asks for the next: a client that does not read stops its own
 * operations in the middle of a write, and nothing is computed or gathered for it. All are virtual.
 *
 * <p><b>Who is cut off.</b> Whoever breaks a protocol is told the code that the protocol has for it; the socket is then read, and
 * what comes thrown away, until the client closes it or a second has gone by, since a connection that is closed with something
 * unread in it takes the last words back. Whoever does not read for thirty seconds, or gives no sign of life to two pings, is
 * gone: the connection is closed without a word. A key is looked at again and again while it is used; when it is revoked, so is
 * the connection.
 *
 * <p>The frames are read by Helidon; the rest of the WebSocket protocol is here, since its own connection writes without a lock,
 * decodes each fragment of a text by itself, takes what is no UTF-8, and tells nobody when the client has gone.
 */
@NullMarked
package dev.tidemark.server.live;

import org.jspecify.annotations.NullMarked;
