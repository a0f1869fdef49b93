/**
 * The people behind events, and what is known of them.
 *
 * <p>A customer's properties are the columns of their row in {@code _users}, made and typed by the rules of events'
 * properties. A change reads the locked row, works in memory, and writes it back, so that what happens to one customer happens in
 * an order, and a batch of many thousands is three statements.
 *
 * <p>Changes come by mutation, and from the senders' calls {@code identify} and {@code group}: those are events like any other,
 * and a listener makes changes of them in the transaction that moves its position, so that each counts exactly once.
 *
 * <p><b>Who is who.</b> Facts ({@link dev.tidemark.customers.Fact}) say that an id is another person's: a visitor who identified, an
 * alias, a merge that someone decided. They are kept in their order, and may be taken back; table {@code _identity} is what follows
 * from those that hold ({@link dev.tidemark.customers.People}), and the engine joins it wherever people are counted. What is known of
 * people moves with it ({@link dev.tidemark.customers.Belongings}), in the same transaction: who writes properties holds
 * {@code _identity} as it is, and who changes it waits for them.
 *
 * <p><b>Users tables.</b> A table in the operator's own database can stand in for {@code _users}. As PostgreSQL joins what is known of
 * people with events, it is copied to {@code _users_copy} by a job ({@link dev.tidemark.customers.Copying}), in the order of
 * ids, so that each piece of it, in a transaction of its own, also tells who is gone. Each row keeps the hash of what was read, and only
 * rows with another one are written. Nothing else writes there, and questions are refused while the copy is too old.
 */
@NullMarked
package dev.tidemark.customers;

import org.jspecify.annotations.NullMarked;
