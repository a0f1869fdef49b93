/** PostgreSQL's binary COPY: how values, fields and rows are written, and the stream that carries them. */
@NullMarked
package dev.tidemark.core.events.copy;

import org.jspecify.annotations.NullMarked;
