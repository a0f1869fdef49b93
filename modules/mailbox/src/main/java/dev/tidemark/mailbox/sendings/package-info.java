/**
 * A message to many goes out by a job, some hundred customers at a time in the order of their ids, and how far it has come is written in
 * the transaction of their messages, if it is as it was read ({@link dev.tidemark.mailbox.sendings.Sendings}). So whatever is killed,
 * and whoever believes that it leads, each customer has one turn. A person who has a message of it by any id gets no other; and whoever
 * turns out to be another person meanwhile is noted, and looked at once more at the end ({@link
 * dev.tidemark.mailbox.sendings.LateStore}), as the id that had its turn may not have been theirs.
 */
@NullMarked
package dev.tidemark.mailbox.sendings;

import org.jspecify.annotations.NullMarked;
