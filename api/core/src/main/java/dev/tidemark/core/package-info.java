/** The engine: it loads modules, assembles their schema, stores events and answers questions. It knows no HTTP. */
@NullMarked
package dev.tidemark.core;

import org.jspecify.annotations.NullMarked;
