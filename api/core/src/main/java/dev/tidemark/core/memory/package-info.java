/**
 * What requests and answers take of the heap. What comes in is counted as it is read ({@link dev.tidemark.spi.RequestMemory}), with
 * what objects and lists become besides; what goes out from the row on that the database gives until it was sent. Statements that
 * many rows come of read some at a time, since an event may have 256 KB; of what comes at once nevertheless, the driver takes no more
 * than one answer may have.
 */
@NullMarked
package dev.tidemark.core.memory;

import org.jspecify.annotations.NullMarked;
