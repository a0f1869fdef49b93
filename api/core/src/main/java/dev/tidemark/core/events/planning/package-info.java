/**
 * From events to rows, on the thread of the request, so on all cores. {@link dev.tidemark.core.events.planning.Planner} flattens
 * each event, finds its columns in a snapshot of the catalogue (making what is missing, once for all events of the request),
 * and encodes it as a row of PostgreSQL's binary COPY. What remains open is the row's id and whether its {@code messageId}
 * was seen before. By the same snapshot an event is held against what was declared of its collection.
 */
@NullMarked
package dev.tidemark.core.events.planning;

import org.jspecify.annotations.NullMarked;
