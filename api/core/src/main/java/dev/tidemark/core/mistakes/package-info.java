/** What is wrong with what somebody gave, held against the schema: where, and what is wanted there. */
@NullMarked
package dev.tidemark.core.mistakes;

import org.jspecify.annotations.NullMarked;
