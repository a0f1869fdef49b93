package dev.tidemark.benchmarks;

import java.util.List;

/**
 * Batches into a collection of which two rollups are kept, against the same into one without. What is measured begins amid rolling
 * up what came before, as it ends; and what is rolled up later than that is not counted against the collection without.
 */
record RollupIngest() implements Benchmark {

    private static final int SENDERS = 2;
    private static final int BATCHES = Integer.getInteger("batches", 500);

    /** Until the JVM has compiled what it will. */
    private static final int WARM_ROUNDS = 8;

    private static final double WANTED = 0.85;

    private static final String CREATE = """
            mutation {
              a: createRollup(input: {
                name: "sessions", collection: "rolled", bucket: {unit: MINUTE, every: 5}, dimensions: ["country", "browser"]
                measures: [{measure: DISTINCT, of: "session"}, {measure: AVG, of: "amount"}]
              }) { userErrors { message } }
              b: createRollup(input: {
                name: "people", collection: "rolled", bucket: {unit: HOUR}, dimensions: ["country"]
                measures: [{measure: DISTINCT, of: "_user"}, {measure: SUM, of: "quantity"}]
              }) { userErrors { message } }
            }
            """;

    @Override
    public String name() {
        return "rollup-ingest";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var load = new HttpLoad(site, "/collect");
        var plain = Events.batches(load, "unrolled", false, SENDERS, BATCHES);
        var rolled = Events.batches(load, "rolled", false, SENDERS, BATCHES);
        load.sendAll(plain);
        load.sendAll(rolled);
        try (var graphql = new Graphql(site)) {
            graphql.answer(CREATE);
        }
        for (int round = 0; round < WARM_ROUNDS; round++) {
            load.sendAll(rolled);
            load.sendAll(plain);
        }
        var medians = Rounds.medians(
                () -> {
                    load.sendAll(rolled);
                    return Figure.of(site, () -> load.sendAll(rolled) * Events.BATCH);
                },
                () -> {
                    Rollup.awaitCurrent(site);
                    return Figure.of(site, () -> load.sendAll(plain) * Events.BATCH);
                });
        return List.of(Row.atLeast(
                "batches of 1,000 events, 2 senders, two rollups kept",
                medians.get(0),
                "events/s",
                "the same without rollups",
                medians.get(1),
                WANTED));
    }
}
