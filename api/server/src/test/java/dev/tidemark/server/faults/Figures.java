package dev.tidemark.server.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a test measured; printed as one line. */
final class Figures {

    /** How often a test repeats its fault. */
    static final int ROUNDS = Integer.getInteger("tidemark.rounds", 3);

    /** How long a database stays away, where a test may choose. */
    static final Duration OUTAGE = Duration.ofSeconds(ROUNDS > 3 ? 20 : 3);

    private static final double MILLIS = 1000;

    private final List<Double> seconds = new ArrayList<>();

    void recoveredAfter(Duration time) {
        seconds.add(time.toMillis() / MILLIS);
    }

    void print(String test, Books.Audit... audits) {
        var line = new StringBuilder(test).append(": ").append(seconds.size()).append(" faults");
        for (var audit : audits) {
            line.append(", ").append(audit);
        }
        seconds.stream()
                .sorted()
                .skip(seconds.size() / 2)
                .findFirst()
                .ifPresent(median -> line.append(", seconds to first accepted batch: median %.1f, most %.1f"
                        .formatted(median, seconds.stream().max(Double::compare).orElse(median))));
        System.out.println(line);
    }
}
