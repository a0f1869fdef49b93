package dev.tidemark.benchmarks;

import java.util.List;

/** Measures some work and its limit, in turns. */
interface Benchmark {

    String name();

    List<Row> run(Site site) throws Exception;
}
