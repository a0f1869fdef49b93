/**
 * Tells subscribers of events as they are stored.
 *
 * <p><b>One reader a project.</b> While a project has subscribers on this node, a thread reads what was committed after the
 * position it has reached, once for all of them ({@link dev.tidemark.eventstream.ProjectStream}). Each condition is tested once
 * an event, however many subscribers share it; who wants the event gets it into a buffer of their own. The reader waits for
 * nobody.
 *
 * <p><b>Behind.</b> A subscriber that begins at a cursor, or whose buffer has overflowed because it is slow, is not attached to
 * the reader: it reads from the database by itself ({@link dev.tidemark.eventstream.EventFeed}), page by page as it goes, until
 * it has seen all that the reader has, and then is attached. Both ways go by the same positions, and whatever comes at or before
 * the last position seen is passed over; so nothing is missing and nothing comes twice, whichever way is taken how often, on
 * whichever node.
 *
 * <p>Announcements of commits only wake the reader. It looks once a second without one, so a lost announcement, or a lost
 * listening connection, costs a second and no event.
 */
@NullMarked
package dev.tidemark.eventstream;

import org.jspecify.annotations.NullMarked;
