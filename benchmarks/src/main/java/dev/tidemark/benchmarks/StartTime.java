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
        var seconds = Rounds.medians(site::restart);
        return List.of(Row.atMost("start until ready", seconds[0], "s", "5 seconds", SECONDS, 1));
    }
}
