package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.messages.MailboxMessage;
import dev.tidemark.mailbox.people.Correspondent;

/**
 * Messages about one thing.
 *
 * @param last the last one
 * @param unread how many the reader has not read
 */
public record MailboxThread(Correspondent reader, String name, MailboxMessage last, long unread) {}
