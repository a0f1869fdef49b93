/**
 * Who is who. Facts ({@link dev.tidemark.customers.identity.Fact}) say that an id is another person's: a visitor who identified, an
 * alias, a merge that someone decided. They are kept in their order, and may be taken back; table {@code _identity} is what follows
 * from those that hold ({@link dev.tidemark.customers.identity.WhoIsWho}), and the engine joins it wherever people are counted. What is
 * known of people moves with it ({@link dev.tidemark.customers.identity.Belongings}), in the same transaction: who writes properties
 * holds {@code _identity} as it is, and who changes it waits for them.
 */
@NullMarked
package dev.tidemark.customers.identity;

import org.jspecify.annotations.NullMarked;
