/**
 * From the modules' parts of the schema to answered requests.
 *
 * <p>{@code assembly} makes the schema of a project of all its parts. {@link dev.tidemark.core.schema.GraphqlEngine} answers
 * requests: the document is bounded before it is parsed, its cost before it is executed ({@code documents}), its time and its
 * result while it is.
 */
@NullMarked
package dev.tidemark.core.schema;

import org.jspecify.annotations.NullMarked;
