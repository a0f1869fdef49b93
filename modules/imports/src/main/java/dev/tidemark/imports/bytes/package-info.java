/**
 * The bytes of a file as text in UTF-8. They pass {@link dev.tidemark.imports.bytes.Inflated}, {@link dev.tidemark.imports.bytes.Utf8}
 * and {@link dev.tidemark.imports.bytes.Beginning}, which each look at the first of them and keep no more than that.
 */
@NullMarked
package dev.tidemark.imports.bytes;

import org.jspecify.annotations.NullMarked;
