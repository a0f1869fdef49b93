package dev.tidemark.mailbox.live;

import dev.tidemark.mailbox.messages.ChangeKind;
import dev.tidemark.mailbox.messages.MailboxMessage;

/**
 * Something that happened in a mailbox.
 *
 * @param number in the mailbox, in the order of commits
 */
record Change(long number, ChangeKind kind, MailboxMessage message) {}
