/**
 * A catalogue at one version ({@link dev.tidemark.core.catalog.snapshot.Catalog}): immutable, on the path of every event and question.
 * What senders may still add is part of it, so that whoever is refused need not ask the database.
 */
@NullMarked
package dev.tidemark.core.catalog.snapshot;

import org.jspecify.annotations.NullMarked;
