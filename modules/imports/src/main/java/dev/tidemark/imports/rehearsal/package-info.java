/**
 * Tells what would become of the rows of a file, and writes nothing.
 */
@NullMarked
package dev.tidemark.imports.rehearsal;

import org.jspecify.annotations.NullMarked;
