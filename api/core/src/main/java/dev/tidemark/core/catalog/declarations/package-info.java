/**
 * What people say of collections: what they are like, how they are called and kept. It is part of the snapshot, and it is up to whoever
 * stores events to hold them against it.
 */
@NullMarked
package dev.tidemark.core.catalog.declarations;

import org.jspecify.annotations.NullMarked;
