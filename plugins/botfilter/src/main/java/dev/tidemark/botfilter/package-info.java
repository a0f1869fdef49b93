/** Tells robots from people, by what they say of themselves. */
@NullMarked
package dev.tidemark.botfilter;

import org.jspecify.annotations.NullMarked;
