/**
 * Finds customers by what they are and what they did, and shows what each of them did.
 */
@NullMarked
package dev.tidemark.customers.search;

import org.jspecify.annotations.NullMarked;
