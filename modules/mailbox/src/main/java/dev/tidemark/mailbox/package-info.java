/**
 * Messages to and from customers. Who writes to whom is told by {@code people}; {@code messages} are sent and marked, each together with
 * its event, and {@code texts} says whether what they say is kept. {@code reading} shows what stands in a mailbox, {@code live} what
 * happens in it, and {@code presence} who is there. {@code sendings} go to many, and {@code tokens} let a customer's browser see its
 * own mailbox.
 *
 * <p>Here is what concerns several of them: people who turn out to be one ({@link dev.tidemark.mailbox.Joining}), and people who are
 * forgotten ({@link dev.tidemark.mailbox.Forgetting}).
 */
@NullMarked
package dev.tidemark.mailbox;

import org.jspecify.annotations.NullMarked;
