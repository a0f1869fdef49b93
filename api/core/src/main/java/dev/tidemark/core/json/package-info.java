/**
 * JSON from strangers, and JSON for PostgreSQL.
 *
 * <p>{@link dev.tidemark.core.json.ItemParser} reads an item where it stands, in one pass over its bytes and strictly: UTF-8,
 * syntax, and the limits of {@link dev.tidemark.core.json.JsonLimits}. Where that fails, or the buffer does not hold all of
 * the item, {@link dev.tidemark.core.json.ItemScanner} first finds where it ends by its brackets and quotes alone, without
 * recursion, and keeps no more of it than an item may have. So what is wrong with one item stays with it: whatever the parser
 * refuses then, the scanner already stands behind it.
 */
@NullMarked
package dev.tidemark.core.json;

import org.jspecify.annotations.NullMarked;
