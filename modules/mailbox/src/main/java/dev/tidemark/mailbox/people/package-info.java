/**
 * Who writes to whom. A message has the id under which it was written, and is in the mailbox of the person whose that is; so whoever
 * reads asks for all ids of a person ({@link dev.tidemark.mailbox.people.Persons}). When people turn out to be one, or not to be, only
 * the rows of mailboxes are made anew ({@link dev.tidemark.mailbox.people.OwnerStore}), under a lock of their table: writers hold it as
 * it is before they ask whose mailbox they change. A follower of one hears then of what comes to either.
 */
@NullMarked
package dev.tidemark.mailbox.people;

import org.jspecify.annotations.NullMarked;
