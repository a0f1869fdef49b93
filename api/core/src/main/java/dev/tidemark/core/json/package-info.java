/**
 * JSON from strangers, and JSON for PostgreSQL.
 *
 * <p>Reading has two steps, so that what is wrong with one item stays with it. {@link dev.tidemark.core.json.ItemScanner}
 * finds where an item ends by its brackets and quotes alone, in one pass over bytes without recursion, and keeps no more
 * of it than an item may have. {@link dev.tidemark.core.json.ItemParser} then reads those bytes strictly: UTF-8, syntax,
 * and the limits of {@link dev.tidemark.core.json.JsonLimits}. Whatever it refuses, the scanner already stands behind it.
 */
@NullMarked
package dev.tidemark.core.json;

import org.jspecify.annotations.NullMarked;
