package dev.tidemark.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./tidemark import} of the clickstream, against COPY of the same rows into the same table by one stream. */
record FileImport() implements Benchmark {

    private static final int ROWS = Integer.getInteger("rows", 2_000_000);
    private static final double WANTED = 0.7;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var table = new Table(site, "click", "_id");
        var file = site.directory().resolve("clicks.csv");
        importAnew(site, file.toString(), 0);
        var rows = table.export(1);
        var seed = new int[] {1};
        var medians = Rounds.medians(
                () -> {
                    table.truncate();
                    return importAnew(site, file.toString(), seed[0]++);
                },
                () -> {
                    table.truncate();
                    site.execute("checkpoint");
                    return Figure.of(site, () -> table.copyIn(rows));
                });
        Files.delete(file);
        return List.of(Row.atLeast(
                String.format("import of a CSV of the clickstream, %,d rows, start of the command included", ROWS),
                medians.get(0),
                "rows/s",
                "\\copy of the same rows, 1 stream",
                medians.get(1),
                WANTED));
    }

    /** The whole command, with the start of its JVM. Each seed is another file: one that was imported is not sent again. */
    private static Figure importAnew(Site site, String file, int seed) throws Exception {
        Files.deleteIfExists(Path.of(file));
        site.tidemark("generate", file, "--rows", Integer.toString(ROWS), "--seed", Integer.toString(seed));
        site.execute("checkpoint");
        return Figure.of(site, () -> {
            site.tidemark("import", file, "--project", "bench", "--collection", "click");
            return ROWS;
        });
    }
}
