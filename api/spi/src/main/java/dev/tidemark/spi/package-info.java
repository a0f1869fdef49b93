/** The contract between the server and what extends it. */
@NullMarked
package dev.tidemark.spi;

import org.jspecify.annotations.NullMarked;
