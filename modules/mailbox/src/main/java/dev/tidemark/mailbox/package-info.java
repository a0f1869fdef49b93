/**
 * Messages to and from customers.
 *
 * <p><b>Numbers.</b> Whatever happens to a message (it is sent, delivered, read) is a change of a person's mailbox, and has a
 * number of the project's sequence. Whoever changes a mailbox locks its row until the commit and takes the number then, so those of a
 * mailbox are in the order of commits, and a subscriber that remembers the last one it was told misses nothing and is told nothing
 * twice ({@link dev.tidemark.mailbox.MailboxFeed}). Mailboxes do not wait for one another.
 *
 * <p><b>People.</b> A message has the id under which it was written, and is in the mailbox of the person whose that is; so whoever
 * reads asks for all ids of a person ({@link dev.tidemark.mailbox.Persons}). When people turn out to be one, or not to be, only the
 * rows of mailboxes are made anew ({@link dev.tidemark.mailbox.Joining}), under a lock of their table: writers hold it as it is before they
 * ask whose mailbox they change. A follower of one hears then of what comes to either.
 *
 * <p><b>Events.</b> Each change is an event too, of the collections {@code message_sent}, {@code message_delivered} and {@code
 * message_read}, stored in one transaction with it. Events have no text: that stays in the mailbox. They also tell the nodes
 * whose mailbox has changed ({@link dev.tidemark.mailbox.Doorbells}); as that is a hint only, events that somebody else sends to
 * these collections do no harm.
 *
 * <p><b>Presence.</b> Whoever follows a mailbox is in it. Each node tells the others by a table whose rows are good for half a minute,
 * and looks into it each second, once for all mailboxes of a project that somebody watches on it ({@link
 * dev.tidemark.mailbox.Room}). That costs the same however often people come, go and type; NOTIFY would cost for each of it, and
 * say nothing of a node that was killed. What sides do is told as it is, not each step of it, and takes no numbers.
 *
 * <p><b>Texts.</b> A project may keep none ({@link dev.tidemark.mailbox.TextStore}). As whoever follows a mailbox reads it from the
 * database, on whichever node, such texts stand for a minute in an unlogged table, and all else is as ever.
 *
 * <p><b>Sendings.</b> A message to many goes out by a job, some hundred customers at a time in the order of their ids, and how far it has
 * come is written in the transaction of their messages, if it is as it was read ({@link dev.tidemark.mailbox.Sendings}). So whatever
 * is killed, and whoever believes that it leads, each customer has one turn. A person who has a message of it by any id gets no other;
 * and whoever turns out to be another person meanwhile is noted, and looked at once more at the end, as the id that had its turn may
 * not have been theirs.
 *
 * <p><b>Tokens.</b> A customer's browser has a token ({@link dev.tidemark.mailbox.Tokens}), signed with a secret of its project. The
 * caller it stands for has the scope {@code CUSTOMER} and nothing else, which opens the fields of this module, and there its own
 * mailbox.
 */
@NullMarked
package dev.tidemark.mailbox;

import org.jspecify.annotations.NullMarked;
