package dev.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Batches of 1,000 events over two connections, against COPY of the same rows into the same table by two streams. */
record BatchIngest(boolean messageIds) implements Benchmark {

    private static final int SENDERS = 2;
    private static final int BATCH = 1_000;
    private static final int BATCHES = Integer.getInteger("batches", 150);
    private static final double WANTED = 0.7;

    @Override
    public String name() {
        return messageIds ? "batches-with-ids" : "batches";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var collection = messageIds ? "identified" : "plain";
        var load = new HttpLoad(site, "/collect");
        var table = new Table(site, collection);
        var ledger = new Table(site, "_message");
        var events = SENDERS * BATCHES * BATCH;
        load.seconds(requests(load, collection, 0));
        var rows = table.rows(SENDERS);
        List<byte[]> hashes = messageIds ? ledger.rows(SENDERS) : List.of();
        var seed = new int[] {1};
        var rates = Rounds.medians(
                () -> {
                    clear(table, ledger);
                    return events / load.seconds(requests(load, collection, seed[0]++));
                },
                () -> {
                    clear(table, ledger);
                    var seconds = table.copyIn(rows);
                    return events / (messageIds ? seconds + ledger.copyIn(hashes) : seconds);
                });
        return List.of(Row.atLeast(
                "batches of 1,000 events, 2 senders" + (messageIds ? ", each with a messageId" : ""),
                rates[0],
                "events/s",
                "COPY of the same rows, 2 streams" + (messageIds ? ", and of the ledger" : ""),
                rates[1],
                WANTED));
    }

    private static void clear(Table table, Table ledger) throws Exception {
        table.truncate();
        ledger.truncate();
        table.site().execute("checkpoint");
    }

    private List<List<byte[]>> requests(HttpLoad load, String collection, int seed) {
        List<List<byte[]>> requests = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            var events = new Events(seed * 31L + sender, messageIds);
            List<byte[]> own = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                own.add(load.request("application/json", events.batch(collection, BATCH)));
            }
            requests.add(own);
        }
        return requests;
    }
}
