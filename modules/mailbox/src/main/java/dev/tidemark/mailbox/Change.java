package dev.tidemark.mailbox;

/**
 * Something that happened in a mailbox.
 *
 * @param number in the mailbox, in the order of commits
 */
record Change(long number, ChangeKind kind, MailboxMessage message) {}
