package dev.tidemark.core.events.commit;

import dev.tidemark.spi.Outcome;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What an operator sees of the write path. Counted by source, never by project: meters must not grow with the data. */
public final class IngestMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Map<String, OfSource> bySource = new ConcurrentHashMap<>();
    private final Timer commits;
    private final Gauge<Long> waiting;

    public IngestMeters(MeterRegistry registry, LongSupplier waitingEvents) {
        this.registry = registry;
        this.commits = registry.getOrCreate(Timer.builder("ingest_commits")
                .description("Transactions that stored events, from their begin to their commit"));
        this.waiting = registry.getOrCreate(Gauge.builder("ingest_queue_events", waitingEvents::getAsLong)
                .description("Events that wait for their commit"));
    }

    void committed(Duration time) {
        commits.record(time);
    }

    /** What was acknowledged to a sender. */
    public void acknowledged(String source, List<Outcome> outcomes) {
        var stored = 0;
        var duplicates = 0;
        for (var outcome : outcomes) {
            stored += outcome instanceof Outcome.Stored ? 1 : 0;
            duplicates += outcome instanceof Outcome.Duplicate ? 1 : 0;
        }
        var meters = bySource.computeIfAbsent(source, this::ofSource);
        meters.stored().increment(stored);
        meters.duplicates().increment(duplicates);
        meters.refused().increment(outcomes.size() - stored - duplicates);
    }

    @Override
    public void close() {
        registry.remove(waiting);
    }

    private OfSource ofSource(String source) {
        return new OfSource(counter(source, "stored"), counter(source, "duplicate"), counter(source, "refused"));
    }

    private Counter counter(String source, String outcome) {
        return registry.getOrCreate(Counter.builder("ingest_events")
                .description("Events acknowledged, by what sent them and what became of them")
                .tags(List.of(Tag.create("source", source), Tag.create("outcome", outcome))));
    }

    private record OfSource(Counter stored, Counter duplicates, Counter refused) {}
}
