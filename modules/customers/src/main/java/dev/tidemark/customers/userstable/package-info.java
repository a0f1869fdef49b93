/**
 * A table in the operator's own database that stands in for {@code _users}. As PostgreSQL joins what is known of people with events, it
 * is copied to {@code _users_copy} by a job ({@link dev.tidemark.customers.userstable.Copying}), in the order of ids, so that each piece
 * of it, in a transaction of its own, also tells who is gone. Each row keeps the hash of what was read, and only rows with another one
 * are written. Nothing else writes there, and questions are refused while the copy is too old.
 *
 * <p>Who was erased is left out, by a digest of the id that is kept until the table has them no more ({@link
 * dev.tidemark.customers.userstable.ErasedStore}).
 */
@NullMarked
package dev.tidemark.customers.userstable;

import org.jspecify.annotations.NullMarked;
