/**
 * The way in and out of a project's events, in the order in which an event passes the packages:
 *
 * <ol>
 *   <li>{@code admission} maps, validates and checks what was sent; what is refused here is a dead letter.
 *   <li>{@code planning} makes rows of events by a snapshot of the catalogue, and adds to the tables what is missing.
 *       Rows are encoded by {@code copy}, as PostgreSQL reads them in binary.
 *   <li>{@code commit} writes the rows of many requests in one transaction, each {@code messageId} once.
 *   <li>{@code reading} follows what was committed, by position.
 * </ol>
 *
 * <p>{@code ingestion} is the whole way, as modules and GraphQL see it. {@code letters} shows what was refused, and sends it
 * again; {@code life} is how long events stay, and how they go.
 */
@NullMarked
package dev.tidemark.core.events;

import org.jspecify.annotations.NullMarked;
