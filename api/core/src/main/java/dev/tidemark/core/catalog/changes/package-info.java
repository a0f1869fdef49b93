/**
 * Changes that take their time, of types ({@link dev.tidemark.core.catalog.changes.TypeChange}) and of indexes ({@link
 * dev.tidemark.core.catalog.changes.IndexBuild}): rows of {@code _property_change} that a job of the leader works off; {@code
 * tidemark.pending_work} says in which projects there are any.
 */
@NullMarked
package dev.tidemark.core.catalog.changes;

import org.jspecify.annotations.NullMarked;
