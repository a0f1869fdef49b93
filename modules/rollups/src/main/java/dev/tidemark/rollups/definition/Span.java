package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.time.Duration;
import java.time.Instant;

/** Some buckets of a rollup: those that begin from a moment on and before another. */
public record Span(Instant from, Instant to) {

    private static final Duration SHORTEST_BUCKET = Duration.ofMinutes(1);

    /** One bucket. */
    public static Span of(Instant bucket) {
        return new Span(bucket, bucket.plus(SHORTEST_BUCKET));
    }

    /** Without those that begin before a moment. */
    public Span since(Instant moment) {
        return from.isBefore(moment) ? new Span(moment, to) : this;
    }

    /** Whether a bucket is one of them. */
    public SqlFragment has(SqlFragment bucket) {
        return sql("{} >= {} and {} < {}", bucket, Moments.sql(from), bucket, Moments.sql(to));
    }
}
