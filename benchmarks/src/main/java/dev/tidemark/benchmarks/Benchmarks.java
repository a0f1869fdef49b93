package dev.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs the benchmarks that are named, or all, and prints one table. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new BatchIngest(false),
            new BatchIngest(true),
            new SingleEvents(),
            new FileImport(),
            new Memory(),
            new ImportMemory(),
            new EmptyQuery(),
            new LiveEvents(),
            AgainstSql.ofClicks("aggregate", "count by day", 1.2, 0.005),
            AgainstSql.ofClicks("funnel", "funnel of three steps", 1.1, 0),
            AgainstSql.ofClicks("retention", "retention by week", 1.1, 0),
            new AgainstSql(
                    "search",
                    String.format("search of %,d customers by two properties and what they did", Shoppers.COUNT),
                    Shoppers::fill,
                    1.2,
                    0.01),
            new Postgraphile(),
            new Rollup(),
            new RollupIngest(),
            new StartTime(),
            new LargeSchema());

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        var chosen = Set.of(names);
        List<Row> rows = new ArrayList<>();
        try (var site = new Site()) {
            for (var benchmark : ALL) {
                if (chosen.isEmpty() || chosen.contains(benchmark.name())) {
                    System.err.println(benchmark.name());
                    rows.addAll(benchmark.run(site));
                }
            }
        }
        System.out.println(Row.header());
        rows.forEach(System.out::println);
    }
}
