/**
 * The clickstream of the Citus tutorial for real-time analytics, made to measure: the same columns, values and cardinalities,
 * with times. The same seed and the same end give the same file, so that whoever measures can be repeated.
 */
@NullMarked
package dev.tidemark.server.clickstream;

import org.jspecify.annotations.NullMarked;
