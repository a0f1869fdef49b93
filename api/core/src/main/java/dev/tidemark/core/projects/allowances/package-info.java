/**
 * How many events a key may send, a second and a day.
 */
@NullMarked
package dev.tidemark.core.projects.allowances;

import org.jspecify.annotations.NullMarked;
