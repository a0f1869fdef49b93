/**
 * From the base ({@code base.graphqls}) and the modules' parts to one schema: merged, checked as a whole at the start, and wired
 * to the resolvers. A plugin that does not fit, or claims what another module has, is left out as a whole.
 */
@NullMarked
package dev.tidemark.core.schema.assembly;

import org.jspecify.annotations.NullMarked;
