package dev.tidemark.server.http;

import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What the JVM knows of itself. */
final class ProcessMeters {

    private ProcessMeters() {}

    static void register(MeterRegistry registry) {
        var runtime = Runtime.getRuntime();
        registry.getOrCreate(Gauge.builder("jvm_memory_used", () -> runtime.totalMemory() - runtime.freeMemory())
                .description("Heap in use")
                .baseUnit(Meter.BaseUnits.BYTES));
        registry.getOrCreate(Gauge.builder("jvm_memory_max", runtime::maxMemory)
                .description("Heap at most")
                .baseUnit(Meter.BaseUnits.BYTES));
        registry.getOrCreate(Gauge.builder(
                        "jvm_threads", () -> ManagementFactory.getThreadMXBean().getThreadCount())
                .description("Platform threads"));
        registry.getOrCreate(Gauge.builder(
                        "process_uptime",
                        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .description("Time since the start")
                .baseUnit(Meter.BaseUnits.SECONDS));
        registry.getOrCreate(FunctionalCounter.builder("jvm_gc_time", runtime, ignored -> collecting())
                .description("Milliseconds spent in garbage collection"));
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
