/** Which type a new column gets, whether a value fits an existing one, and how values become others without loss. */
@NullMarked
package dev.tidemark.core.catalog.types;

import org.jspecify.annotations.NullMarked;
