/**
 * From what senders call things to the names of tables, columns and GraphQL fields: from a label alone, so that every node
 * derives the same ones whatever arrives first.
 */
@NullMarked
package dev.tidemark.core.catalog.names;

import org.jspecify.annotations.NullMarked;
