package dev.tidemark.benchmarks;

import java.util.List;

/** Batches of 1,000 events over two connections, against COPY of the same rows into the same table by two streams. */
record BatchIngest(boolean messageIds) implements Benchmark {

    private static final int SENDERS = 2;
    private static final int BATCHES = Integer.getInteger("batches", 500);

    /** Until the JVM has compiled what it will: with 500 batches a sender that is after some millions of events. */
    private static final int WARM_ROUNDS = 8;

    private static final double WANTED = 0.7;

    @Override
    public String name() {
        return messageIds ? "batches-with-ids" : "batches";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var collection = messageIds ? "identified" : "plain";
        var load = new HttpLoad(site, "/collect");
        var table = new Table(site, collection, "_id");
        var ledger = new Table(site, "_message", "at, hash");
        var requests = Events.batches(load, collection, messageIds, SENDERS, BATCHES);
        load.sendAll(requests);
        for (int round = 1; round < WARM_ROUNDS; round++) {
            clear(table, ledger);
            load.sendAll(requests);
        }
        var rows = table.export(SENDERS);
        var hashes = ledger.export(SENDERS);
        var medians = Rounds.medians(
                () -> {
                    clear(table, ledger);
                    return Figure.of(site, () -> load.sendAll(requests) * Events.BATCH);
                },
                () -> {
                    clear(table, ledger);
                    return Figure.of(site, () -> {
                        var copied = table.copyIn(rows);
                        if (messageIds) {
                            ledger.copyIn(hashes);
                        }
                        return copied;
                    });
                });
        return List.of(Row.atLeast(
                "batches of 1,000 events, 2 senders" + (messageIds ? ", each with a messageId" : ""),
                medians.get(0),
                "events/s",
                "\\copy of the same rows, 2 streams" + (messageIds ? ", and of the ledger" : ""),
                medians.get(1),
                WANTED));
    }

    private static void clear(Table table, Table ledger) throws Exception {
        table.truncate();
        ledger.truncate();
        table.site().execute("checkpoint");
    }
}
