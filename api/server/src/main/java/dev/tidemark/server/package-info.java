/** The process: configuration, HTTP, command line and the PostgreSQL in the box. */
@NullMarked
package dev.tidemark.server;

import org.jspecify.annotations.NullMarked;
