package dev.tidemark.rollups;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;

/**
 * How numbers are distributed, by a t-digest with compression 200 (Dunning and Ertl, "Computing extremely accurate quantiles
 * using t-digests", 2019). What it gives for the part p is the number of some part within 0.01 of p, and much nearer at both
 * ends.
 */
final class PercentileSketch implements Sketch {

    /** How far the part that an answer is of can be from the part that was asked for. */
    static final double ERROR = 0.01;

    private static final double COMPRESSION = 200;

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

    boolean isEmpty() {
        return digest.size() == 0;
    }

    double percentile(double p) {
        return digest.quantile(p);
    }
}
