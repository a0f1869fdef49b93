/** Threads that outlive a request: whoever starts one ends it. */
@NullMarked
package dev.tidemark.core.threads;

import org.jspecify.annotations.NullMarked;
