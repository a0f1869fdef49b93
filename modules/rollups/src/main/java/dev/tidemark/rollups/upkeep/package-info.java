/**
 * What happens to rows beside rolling up: they are recomputed and compared (audit), made anew where events were erased, people turned
 * out to be others or someone asked for it, and dropped when they are old. All of it is jobs that give way to rolling up.
 */
@NullMarked
package dev.tidemark.rollups.upkeep;

import org.jspecify.annotations.NullMarked;
