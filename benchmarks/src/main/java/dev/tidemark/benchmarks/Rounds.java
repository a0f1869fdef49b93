package dev.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Interleaved rounds, since machines drift: A B C, A B C, A B C; of each the median counts. */
final class Rounds {

    private static final int COUNT = Integer.getInteger("rounds", 3);

    private Rounds() {}

    /** The median of each measurement. */
    static double[] medians(Measurement... measurements) throws Exception {
        List<double[]> rounds = new ArrayList<>();
        for (int round = 0; round < COUNT; round++) {
            var figures = new double[measurements.length];
            for (int i = 0; i < measurements.length; i++) {
                figures[i] = measurements[i].take();
            }
            System.err.println("  round " + (round + 1) + ": " + Arrays.toString(figures));
            rounds.add(figures);
        }
        return IntStream.range(0, measurements.length)
                .mapToDouble(i -> rounds.stream()
                        .mapToDouble(round -> round[i])
                        .sorted()
                        .skip(COUNT / 2)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    /** One figure. */
    @FunctionalInterface
    interface Measurement {
        double take() throws Exception;
    }
}
