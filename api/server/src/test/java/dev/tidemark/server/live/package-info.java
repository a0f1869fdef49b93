/** Sockets and event streams as clients use and abuse them. */
@NullMarked
package dev.tidemark.server.live;

import org.jspecify.annotations.NullMarked;
