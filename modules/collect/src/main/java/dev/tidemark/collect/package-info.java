/**
 * Tidemark's own way to send events: {@code POST /collect} with one event, an array of them, or one a line (NDJSON). The
 * answer comes after the commit; what was wrong with single events is told in it, and fails nothing else.
 */
@NullMarked
package dev.tidemark.collect;

import org.jspecify.annotations.NullMarked;
