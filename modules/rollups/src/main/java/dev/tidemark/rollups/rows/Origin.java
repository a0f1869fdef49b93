package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.SqlFragment;

/** What the rows of a rollup are made of: events, or rows of another rollup. */
sealed interface Origin permits EventRows, CascadeRows {

    /** The rows of a share of buckets, without sketches: a select of {@link RollupTable#columns}. */
    SqlFragment exact(Span span, Share share);
}
