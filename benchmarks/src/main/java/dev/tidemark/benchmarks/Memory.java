package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that the server has held after millions of events, in batches with messageIds, at full speed. */
record Memory() implements Benchmark {

    private static final int SENDERS = 2;
    private static final int BATCHES = 500;
    private static final int MILLIONS = Integer.getInteger("millions", 10);
    private static final double LIMIT = 1024;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        site.restart();
        var load = new HttpLoad(site, "/collect");
        var ledger = new Table(site, "_message", "at, hash");
        var requests = Events.batches(load, "remembered", true, SENDERS, BATCHES);
        for (int million = 0; million < MILLIONS; million++) {
            ledger.truncate();
            load.sendAll(requests);
        }
        var stored = new Table(site, "remembered", "_id").count();
        return List.of(row(site, String.format("resident memory of the server, at most, over %,d events", stored)));
    }

    /** What the server has held at most since it was started. */
    static Row row(Site site, String work) throws IOException {
        return Row.atMost(work, Figure.of(most(site.serverProcess())), "MB", "1 GB", Figure.of(LIMIT), 1);
    }

    private static double most(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }
}
