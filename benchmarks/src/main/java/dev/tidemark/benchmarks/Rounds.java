package dev.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Interleaved rounds, since machines drift: A B C, A B C, A B C; of each the median counts. */
final class Rounds {

    static final int COUNT = Integer.getInteger("rounds", 3);

    private Rounds() {}

    /** The median of each measurement. */
    static List<Figure> medians(Measurement... measurements) throws Exception {
        List<List<Figure>> rounds = new ArrayList<>();
        for (int round = 0; round < COUNT; round++) {
            List<Figure> figures = new ArrayList<>();
            for (var measurement : measurements) {
                figures.add(measurement.take());
            }
            System.err.println("  round " + (round + 1) + ": " + figures);
            rounds.add(figures);
        }
        return IntStream.range(0, measurements.length)
                .mapToObj(i -> median(rounds.stream().map(round -> round.get(i)).toList()))
                .toList();
    }

    /** The same, after rounds that do not count, in which the JVM compiles. */
    static List<Figure> warmMedians(int warmRounds, Measurement... measurements) throws Exception {
        for (int round = 0; round < warmRounds; round++) {
            for (var measurement : measurements) {
                System.err.println("  warm: " + measurement.take());
            }
        }
        return medians(measurements);
    }

    /** The median of many, one after the other: for what takes milliseconds. */
    static Figure median(int times, Measurement measurement) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            figures.add(measurement.take());
        }
        return median(figures);
    }

    private static Figure median(List<Figure> figures) {
        return figures.stream()
                .sorted(Comparator.comparingDouble(Figure::value))
                .skip(figures.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Takes one figure. */
    @FunctionalInterface
    interface Measurement {
        Figure take() throws Exception;
    }
}
