package dev.tidemark.rollups.asking;

import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Who makes one sketch of many. */
@FunctionalInterface
interface Uniting {

    /** The server, of one sketch after the other. */
    Uniting HERE = snapshot -> Optional.empty();

    /** The aggregate of SQL that does; empty: the database has none, and it is done here. */
    Optional<UnaryOperator<SqlFragment>> in(Snapshot snapshot);
}
