package dev.tidemark.benchmarks;

import java.util.List;

/** Batches into a collection of which two rollups are kept, against the same into one without. */
record RollupIngest() implements Benchmark {

    private static final int SENDERS = 2;
    private static final int BATCHES = Integer.getInteger("batches", 500);
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
        var medians = Rounds.medians(
                () -> Figure.of(site, () -> load.sendAll(rolled) * Events.BATCH),
                () -> Figure.of(site, () -> load.sendAll(plain) * Events.BATCH));
        return List.of(Row.atLeast(
                "batches of 1,000 events, 2 senders, two rollups kept",
                medians.get(0),
                "events/s",
                "the same without rollups",
                medians.get(1),
                WANTED));
    }
}
