package dev.tidemark.core.postgres;

import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import java.util.List;

/** What an operator sees of a pool: whether it is large enough, and how much it is asked for. */
public final class PoolMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Meter> meters;

    public PoolMeters(MeterRegistry registry, String pool, Postgres postgres) {
        this.registry = registry;
        var tags = List.of(Tag.create("pool", pool));
        this.meters = List.of(
                registry.getOrCreate(FunctionalCounter.builder("database_connections_lent", postgres, Postgres::lent)
                        .description("How often a connection was lent: for a transaction, or a few statements")
                        .tags(tags)),
                registry.getOrCreate(Gauge.builder("database_connections_busy", postgres::busy)
                        .description("Connections that are lent now")
                        .tags(tags)),
                registry.getOrCreate(Gauge.builder("database_connections_waited_for", postgres::waitedFor)
                        .description("Threads that wait for a connection now")
                        .tags(tags)));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
