/** {@link dev.tidemark.core.events.ingestion.Ingestion}, all of the way: the contract's events, and GraphQL's way to send them. */
@NullMarked
package dev.tidemark.core.events.ingestion;

import org.jspecify.annotations.NullMarked;
