/**
 * Numbers about the last minutes, and who is online.
 *
 * <p>A report is a question about a window of time that moves on by slides. It is asked anew for each window, from the stored
 * events, so that late ones are counted and a node that joins knows as much as the others: a window is short, and the events
 * of the last minutes lie together. However many subscribe to a report, each node asks once a slide
 * ({@link dev.tidemark.spi.SharedFeeds}); a report to which nobody subscribes costs nothing.
 *
 * <p>The database's clock says which window is over, so it is the same one on every node. What was committed within a second
 * after its end is in its first answer.
 */
@NullMarked
package dev.tidemark.realtime;

import org.jspecify.annotations.NullMarked;
