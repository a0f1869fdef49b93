package dev.tidemark.realtime;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How many events were stored of late, as the schema has it. */
record Pulse(Instant from, Instant to, long events, List<PulseSeries> collections) {

    /** @param perSecond from the window's first second on */
    record PulseSeries(String collection, long events, List<Long> perSecond) {

        static PulseSeries of(String collection, List<Long> perSecond) {
            return new PulseSeries(
                    collection, perSecond.stream().mapToLong(Long::longValue).sum(), perSecond);
        }
    }

    static Pulse of(Instant from, Instant to, List<PulseSeries> series) {
        return new Pulse(
                from,
                to,
                series.stream().mapToLong(PulseSeries::events).sum(),
                series.stream()
                        .sorted(Comparator.comparingLong(PulseSeries::events)
                                .reversed()
                                .thenComparing(PulseSeries::collection))
                        .toList());
    }
}
