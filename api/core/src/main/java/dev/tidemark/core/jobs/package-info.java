/**
 * Who leads, what recurs, and who follows.
 *
 * <p><b>Leadership.</b> One row, {@code tidemark.lease(term, leader, expires_at)}, says which node leads. A node takes it
 * when it has expired by the database's clock, and adds one to the term. The leader renews it three times per lease; it
 * counts the lease on its own monotonic clock from before it asked, so it stops believing in itself before the database
 * does. Clocks of two machines are never compared.
 *
 * <p><b>Fencing.</b> A leader that is frozen does not know it. So every transaction of a job first locks the lease's row
 * with its own term ({@code for key share}) and fails when the term has moved on. The term is the row's key: a takeover
 * changes it and therefore waits for such transactions to end, while a renewal does not and waits for nobody. A
 * transaction whose node froze in the middle, be it a job's or a renewal, is ended by PostgreSQL ({@code
 * idle_in_transaction_session_timeout}), so that the takeover need not wait for ever.
 *
 * <p><b>Jobs.</b> Each has a virtual thread on the leader, and a row in {@code tidemark.job} that outlives it: the next
 * leader goes on with the same schedule.
 *
 * <p><b>Listeners.</b> Following events needs no leader: any node may take the next step for a module in a project. It
 * reads the position, reads the events after it, locks the position if it is still the same, lets the listeners write,
 * moves the position and commits, all in one transaction.
 */
@NullMarked
package dev.tidemark.core.jobs;

import org.jspecify.annotations.NullMarked;
