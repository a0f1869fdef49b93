/**
 * Messages, and what happens to them: they are sent ({@link dev.tidemark.mailbox.messages.Letters}), delivered and read ({@link
 * dev.tidemark.mailbox.messages.Marks}).
 *
 * <p><b>Numbers.</b> Whatever happens to a message is a change of a person's mailbox, and has a number of the project's sequence.
 * Whoever changes a mailbox locks its row until the commit and takes the number then, so those of a mailbox are in the order of
 * commits. Mailboxes do not wait for one another.
 *
 * <p><b>Events.</b> Each change is an event too, of the collections {@code message_sent}, {@code message_delivered} and {@code
 * message_read}, stored in one transaction with it ({@link dev.tidemark.mailbox.messages.Together}). Events have no text: that stays
 * in the mailbox.
 */
@NullMarked
package dev.tidemark.mailbox.messages;

import org.jspecify.annotations.NullMarked;
