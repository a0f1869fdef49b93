package dev.tidemark.rollups;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How numbers are distributed, by a t-digest with compression 200 (Dunning and Ertl, "Computing extremely accurate quantiles
 * using t-digests", 2019). What it gives for the part p is the number of some part within 0.01 of p, and much nearer at both
 * ends.
 */
final class PercentileSketch implements Sketch {

    /** How far the part that an answer is of can be from the part that was asked for. */
    static final double ERROR = 0.01;

    private static final double COMPRESSION = 200;

    /** By which two are compared. */
    private static final List<Double> PARTS = List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0);

    private final MergingDigest digest = new MergingDigest(COMPRESSION);

    /** Neither infinite numbers nor what is no number have a rank among others. */
    @Override
    public void add(Object value) {
        var number = ((Number) value).doubleValue();
        if (Double.isFinite(number)) {
            digest.add(number);
        }
    }

    @Override
    public void merge(Object stored) {
        digest.add(MergingDigest.fromBytes(ByteBuffer.wrap((byte[]) stored)));
    }

    @Override
    public byte[] stored() {
        digest.compress();
        var bytes = ByteBuffer.allocate(digest.byteSize());
        digest.asBytes(bytes);
        return bytes.array();
    }

    @Override
    public boolean agrees(Object stored) {
        var other = new PercentileSketch();
        other.merge(stored);
        return digest.size() == other.digest.size()
                && (isEmpty() || PARTS.stream().allMatch(part -> isBetween(other.percentile(part), part)));
    }

    private boolean isBetween(double percentile, double part) {
        return percentile >= percentile(Math.max(0, part - 2 * ERROR))
                && percentile <= percentile(Math.min(1, part + 2 * ERROR));
    }

    boolean isEmpty() {
        return digest.size() == 0;
    }

    double percentile(double p) {
        return digest.quantile(p);
    }
}
