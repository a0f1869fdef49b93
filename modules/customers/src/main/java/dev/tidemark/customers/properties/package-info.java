/**
 * What is known of customers, and how it changes. A customer's properties are the columns of their row in {@code _users}, made and
 * typed by the rules of events' properties. A change reads the locked row, works in memory, and writes it back, so that what happens
 * to one customer happens in an order, and a batch of many thousands is three statements.
 */
@NullMarked
package dev.tidemark.customers.properties;

import org.jspecify.annotations.NullMarked;
