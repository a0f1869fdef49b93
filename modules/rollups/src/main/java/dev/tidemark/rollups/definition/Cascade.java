package dev.tidemark.rollups.definition;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.TimeUnit;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A rollup that is to be made of the rows of another.
 *
 * @param wanted as it was asked for
 * @param source the other
 */
record Cascade(Rollup wanted, Rollup source) {

    /**
     * The rollup, about the events that the other is about.
     *
     * @throws CallerException when the other's rows do not tell what it takes
     */
    Rollup rollup() {
        require(source.cascade().isEmpty(), "It is made of another rollup itself: name that one.", "cascade");
        require(
                source.collection().equals(wanted.collection()),
                "It is about collection \"" + source.collection() + "\": name the same.",
                "collection");
        require(bucketsFit(), "Its buckets do not make such ones: take longer ones, of whole buckets of it.", "bucket");
        require(
                source.dimensions().containsAll(wanted.dimensions()),
                "It has not all of these dimensions: take of its own.",
                "dimensions");
        require(
                source.parts().containsAll(wanted.parts()) && source.sketches().containsAll(wanted.sketches()),
                "It does not keep all of these measures: take of its own.",
                "measures");
        return new Rollup(
                wanted.name(),
                wanted.collection(),
                wanted.dimensions(),
                wanted.bucket(),
                wanted.measures(),
                source.condition(),
                source.where(),
                wanted.keep(),
                wanted.cascade());
    }

    private boolean bucketsFit() {
        var bucket = wanted.bucket();
        var zone = bucket.unit() == TimeUnit.DAY ? bucket.zone() : ZoneOffset.UTC;
        return new BucketFit(source.bucket(), Instant.EPOCH)
                .fits(new ByBucket(RollupTable.TIME, RollupTable.TIME, bucket.unit(), bucket.every(), zone));
    }

    private static void require(boolean condition, String message, String path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}
