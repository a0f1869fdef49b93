package dev.tidemark.benchmarks;

import java.nio.file.Files;
import java.util.List;

/** {@code ./tidemark import} of the clickstream, against COPY of the same rows into the same table by one stream. */
record FileImport() implements Benchmark {

    private static final int ROWS = Integer.getInteger("rows", 1_000_000);
    private static final double WANTED = 0.7;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var table = new Table(site, "click");
        var file = site.directory().resolve("clicks.csv");
        var seed = new int[] {1};
        site.tidemark("generate", file.toString(), "--rows", "1000", "--seed", "0");
        importFile(site, file.toString());
        var rows = new byte[1][];
        var rates = Rounds.medians(
                () -> {
                    Files.delete(file);
                    site.tidemark(
                            "generate", file.toString(), "--rows", Integer.toString(ROWS), "--seed", seed[0]++ + "");
                    table.truncate();
                    site.execute("checkpoint");
                    var seconds = importFile(site, file.toString());
                    rows[0] = table.rows(1).getFirst();
                    return ROWS / seconds;
                },
                () -> {
                    table.truncate();
                    site.execute("checkpoint");
                    return ROWS / table.copyIn(List.of(rows[0]));
                });
        return List.of(Row.atLeast(
                "import of a CSV of the clickstream",
                rates[0],
                "rows/s",
                "COPY of the same rows, 1 stream",
                rates[1],
                WANTED));
    }

    /** The whole command, with the start of its JVM. */
    private static double importFile(Site site, String file) throws Exception {
        var start = System.nanoTime();
        site.tidemark("import", file, "--project", "bench", "--collection", "click");
        return (System.nanoTime() - start) / 1e9;
    }
}
