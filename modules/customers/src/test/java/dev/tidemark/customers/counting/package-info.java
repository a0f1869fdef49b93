/** A module that counts what is asked. */
@NullMarked
package dev.tidemark.customers.counting;

import org.jspecify.annotations.NullMarked;
