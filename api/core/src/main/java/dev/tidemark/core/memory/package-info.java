/** What answers take of the heap. */
@NullMarked
package dev.tidemark.core.memory;

import org.jspecify.annotations.NullMarked;
