package dev.tidemark.rollups.definition;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Relation.Column;
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
        wanted.dimensions().forEach(this::requireDimension);
        wanted.measures().forEach(this::requireKept);
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

    private void requireDimension(Column dimension) {
        require(
                source.dimensions().stream().anyMatch(own -> isSame(own, dimension)),
                "It has no dimension \"" + dimension.label() + "\": take of its own.",
                "dimensions");
    }

    private void requireKept(Kept measure) {
        require(
                keeps(measure),
                "It does not keep " + measure.measure() + " of \"" + measure.of() + "\": take of its own.",
                "measures");
    }

    /** What is stored for it may be there for other measures of the same property. */
    private boolean keeps(Kept measure) {
        var parts = source.parts();
        var sketches = source.sketches();
        return source.measures().stream()
                .map(Kept::column)
                .filter(own -> isSame(own, measure.column()))
                .map(own -> new Kept(measure.measure(), own))
                .anyMatch(own ->
                        own.parts().allMatch(parts::contains) && own.sketches().allMatch(sketches::contains));
    }

    /** Whatever has been declared of the property since. */
    private static boolean isSame(Column one, Column other) {
        return one.name().equals(other.name()) && one.type() == other.type();
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
