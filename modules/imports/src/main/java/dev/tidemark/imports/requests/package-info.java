/**
 * What is asked for: which import of which file, how the file is written, and what its columns mean. Nothing behind it sees HTTP.
 */
@NullMarked
package dev.tidemark.imports.requests;

import org.jspecify.annotations.NullMarked;
