package dev.tidemark.rollups.sketches;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How numbers are distributed, by a t-digest with compression 200 (Dunning and Ertl, "Computing extremely accurate quantiles
 * using t-digests", 2019). What it gives for the part p is the number of some part within 0.01 of p, and much nearer at both
 * ends.
 */
public final class PercentileSketch implements Sketch {

    /** How far the part that an answer is of can be from the part that was asked for. */
    public static final double ERROR = 0.01;

    private static final double COMPRESSION = 200;

    /** Each gathering adds an error of its own, and of many buckets there are hundreds: what goes on is kept more finely. */
    private static final double GATHERED = 2 * COMPRESSION;

    /** Bytes of what is stored, about. */
    public static final long LONGEST = 16 << 10;

    /** By which two are compared. */
    private static final List<Double> PARTS = List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0);

    /** So many numbers that are in no digest are kept as they are: to work on one takes some ten thousand bytes. */
    private static final int MOST = 500;

    /** A question may have a digest for each of many groups, and of those of each row no more shall wait. */
    private static final int MOST_DIGESTS = 16;

    private final List<byte[]> digests = new ArrayList<>();
    private double[] numbers = new double[2];
    private int size;

    /** Neither infinite numbers nor what is no number have a rank among others. */
    @Override
    public void add(Object value) {
        var number = ((Number) value).doubleValue();
        if (!Double.isFinite(number)) {
            return;
        }
        if (size == MOST) {
            gather();
        } else if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.min(2 * size, MOST));
        }
        numbers[size++] = number;
    }

    @Override
    public void merge(Object stored) {
        if (digests.size() == MOST_DIGESTS) {
            gather();
        }
        digests.add((byte[]) stored);
    }

    @Override
    public byte[] stored() {
        return bytes(digest(COMPRESSION));
    }

    private static byte[] bytes(MergingDigest all) {
        all.compress();
        var bytes = ByteBuffer.allocate(all.byteSize());
        all.asBytes(bytes);
        return bytes.array();
    }

    @Override
    public long bytes() {
        return (long) Double.BYTES * numbers.length
                + digests.stream().mapToLong(digest -> digest.length).sum();
    }

    private void gather() {
        var all = bytes(digest(GATHERED));
        digests.clear();
        digests.add(all);
        size = 0;
    }

    private MergingDigest digest(double compression) {
        var all = new MergingDigest(compression);
        digests.forEach(bytes -> all.add(MergingDigest.fromBytes(ByteBuffer.wrap(bytes))));
        Arrays.stream(numbers, 0, size).forEach(all::add);
        return all;
    }

    @Override
    public boolean agrees(Object stored) {
        var own = digest(COMPRESSION);
        var other = new PercentileSketch();
        other.merge(stored);
        var others = other.digest(COMPRESSION);
        return own.size() == others.size()
                && (own.size() == 0 || PARTS.stream().allMatch(part -> isBetween(others.quantile(part), own, part)));
    }

    private static boolean isBetween(double percentile, MergingDigest digest, double part) {
        return percentile >= digest.quantile(Math.max(0, part - 2 * ERROR))
                && percentile <= digest.quantile(Math.min(1, part + 2 * ERROR));
    }

    /** Of no numbers: empty. */
    public OptionalDouble percentile(double p) {
        var all = digest(COMPRESSION);
        return all.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(all.quantile(p));
    }
}
