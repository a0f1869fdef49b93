/**
 * Who is there, and who types. Whoever follows a mailbox is in it. Each node tells the others by a table whose rows are good for half a
 * minute, and looks into it each second, once for all mailboxes of a project that somebody watches on it ({@link
 * dev.tidemark.mailbox.presence.Room}). That costs the same however often people come, go and type; NOTIFY would cost for each of it,
 * and say nothing of a node that was killed. What sides do is told as it is, not each step of it, and takes no numbers.
 */
@NullMarked
package dev.tidemark.mailbox.presence;

import org.jspecify.annotations.NullMarked;
