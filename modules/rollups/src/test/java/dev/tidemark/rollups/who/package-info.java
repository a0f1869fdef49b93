/** Stands in for the module that tells who is who. */
@NullMarked
package dev.tidemark.rollups.who;

import org.jspecify.annotations.NullMarked;
