package dev.tidemark.benchmarks;

/**
 * What one round came to.
 *
 * @param value units a second, or another number that is compared
 * @param cpu for one unit
 */
record Figure(double value, CpuTime cpu) {

    /** Times some work. */
    static Figure of(Site site, Work work) throws Exception {
        var before = CpuTime.of(site);
        var start = System.nanoTime();
        var units = work.units();
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Figure(units / seconds, CpuTime.of(site).since(before).dividedBy(units));
    }

    /** The same number with the CPU time that it takes to find it. */
    static Figure withCpu(Site site, Rounds.Measurement measurement) throws Exception {
        var before = CpuTime.of(site);
        var value = measurement.take().value();
        return new Figure(value, CpuTime.of(site).since(before));
    }

    /** A number for which CPU time says nothing. */
    static Figure of(double value) {
        return new Figure(value, new CpuTime(0, 0, 0));
    }

    Figure times(double factor) {
        return new Figure(value * factor, cpu);
    }

    /** Something to do. */
    @FunctionalInterface
    interface Work {

        /** Does it, and tells how many units it was. */
        long units() throws Exception;
    }
}
