/**
 * One running server: configuration, the database in the box or a given one, the engine, HTTP; started in that order and
 * stopped in the opposite one. While a given database is away, HTTP already answers, with {@code 503} and the reason.
 */
@NullMarked
package dev.tidemark.server.process;

import org.jspecify.annotations.NullMarked;
