/**
 * From the base ({@code base.graphqls}) and the modules' parts to one schema: merged, checked as a whole at the start, and wired
 * to the resolvers.
 */
@NullMarked
package dev.tidemark.core.schema.assembly;

import org.jspecify.annotations.NullMarked;
