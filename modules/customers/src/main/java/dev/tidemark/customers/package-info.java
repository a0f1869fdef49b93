/**
 * The people behind events, and what is known of them: who is who ({@code identity}), their properties and how those change
 * ({@code properties}), the operator's own table in their place ({@code userstable}), and finding them ({@code search}).
 *
 * <p>Changes come by mutation, and from the senders' calls {@code identify} and {@code group}: those are events like any other,
 * and a listener makes changes of them in the transaction that moves its position, so that each counts exactly once ({@link
 * dev.tidemark.customers.CallListener}).
 */
@NullMarked
package dev.tidemark.customers;

import org.jspecify.annotations.NullMarked;
