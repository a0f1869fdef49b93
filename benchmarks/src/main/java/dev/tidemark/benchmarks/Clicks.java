package dev.tidemark.benchmarks;

import java.nio.file.Files;

/** The collection that questions are asked about: clicks of {@code ./tidemark generate}, ten a device, over eight weeks. */
final class Clicks {

    static final int COUNT = Integer.getInteger("events", 10_000_000);

    private static final String NAME = "activity";
    private static final int OF_EACH_DEVICE = 10;

    private Clicks() {}

    /** Imports them, unless they are there. */
    static void fill(Site site) throws Exception {
        if (!site.psql("select to_regclass('" + NAME + "')").isEmpty()) {
            return;
        }
        var file = site.directory().resolve(NAME + ".csv");
        site.tidemark(
                "generate",
                file.toString(),
                "--rows",
                Integer.toString(COUNT),
                "--devices",
                Integer.toString(COUNT / OF_EACH_DEVICE),
                "--days",
                "56",
                "--end",
                "2026-03-02T00:00:00Z");
        site.tidemark(
                "import", file.toString(), "--project", "bench", "--collection", NAME, "--anonymous", "device_id");
        Files.delete(file);
        site.execute("vacuum analyze " + NAME);
    }
}
