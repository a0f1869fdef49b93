/**
 * Collections and columns as events need them: what is missing, what of it may be made, and making it.
 *
 * <p>Senders only add columns, with one exception: {@code bigint} is widened to {@code double precision} while its table is small.
 */
@NullMarked
package dev.tidemark.core.catalog.evolution;

import org.jspecify.annotations.NullMarked;
