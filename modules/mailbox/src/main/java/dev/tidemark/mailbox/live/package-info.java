/**
 * Tells whoever follows a mailbox what happens in it. A subscriber remembers the last number that it was told, so it misses nothing and
 * is told nothing twice ({@link dev.tidemark.mailbox.live.MailboxFeed}). The events of messages tell the nodes whose mailbox has changed
 * ({@link dev.tidemark.mailbox.live.Doorbells}); as that is a hint only, events that somebody else sends to these collections do no
 * harm.
 */
@NullMarked
package dev.tidemark.mailbox.live;

import org.jspecify.annotations.NullMarked;
