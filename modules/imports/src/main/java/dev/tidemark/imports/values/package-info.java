/**
 * Values of the texts that files hold. It is the hot path of an import: each value of each row passes here, and most may be of one
 * type or another, so it is found out without exceptions on the way.
 */
@NullMarked
package dev.tidemark.imports.values;

import org.jspecify.annotations.NullMarked;
