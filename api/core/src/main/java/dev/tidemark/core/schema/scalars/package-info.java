/** Custom scalars: whole numbers beyond 32 bits, decimals without loss, JSON, and values that are written as text. */
@NullMarked
package dev.tidemark.core.schema.scalars;

import org.jspecify.annotations.NullMarked;
