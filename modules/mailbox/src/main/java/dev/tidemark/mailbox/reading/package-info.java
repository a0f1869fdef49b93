/**
 * What stands in mailboxes: their messages and threads, page by page, as one side sees them.
 */
@NullMarked
package dev.tidemark.mailbox.reading;

import org.jspecify.annotations.NullMarked;
