package dev.tidemark.mailbox;

/**
 * Messages about one thing.
 *
 * @param last the last one
 * @param unread how many the reader has not read
 */
record MailboxThread(Correspondent reader, String name, MailboxMessage last, long unread) {}
