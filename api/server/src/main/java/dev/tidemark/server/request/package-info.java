/** What a request is, however it comes: over HTTP, by a socket, or as the beginning of an event stream. */
@NullMarked
package dev.tidemark.server.request;

import org.jspecify.annotations.NullMarked;
