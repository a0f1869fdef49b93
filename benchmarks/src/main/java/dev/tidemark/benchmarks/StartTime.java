package dev.tidemark.benchmarks;

import java.util.List;

/** From the start of the process to the first answer of /health/ready, the database running. */
record StartTime() implements Benchmark {

    private static final double SECONDS = 5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var medians = Rounds.medians(() -> Figure.of(site.restart()));
        return List.of(Row.atMost("start until ready", medians.getFirst(), "s", "5 seconds", Figure.of(SECONDS), 1));
    }
}
