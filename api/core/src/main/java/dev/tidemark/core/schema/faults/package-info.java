/**
 * What goes wrong with a request: the caller's fault as a sentence with a code, ours as an id that is also in the log, and
 * never more than that.
 */
@NullMarked
package dev.tidemark.core.schema.faults;

import org.jspecify.annotations.NullMarked;
