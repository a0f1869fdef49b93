/**
 * The ways to PostgreSQL: pools, one {@link dev.tidemark.spi.Database} for each schema, migrations, and the node's one
 * listening connection. What Tidemark needs from the database beyond plain SQL (version 15, schemas, advisory locks,
 * LISTEN) is asked for here and nowhere else.
 */
@NullMarked
package dev.tidemark.core.postgres;

import org.jspecify.annotations.NullMarked;
