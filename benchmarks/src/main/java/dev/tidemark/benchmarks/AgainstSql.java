package dev.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A question over HTTP, against the best SQL that was found for it, by psql. Both lie in resources named as the benchmark; their
 * counts must be the same. The plan of the server's SQL is shown, where one can ask for it.
 *
 * @param work with what it is about
 * @param factor how much longer it may take
 * @param seconds and by how much
 */
record AgainstSql(String name, String work, Filling filling, double factor, double seconds) implements Benchmark {

    /** A question about {@link Clicks}. */
    static AgainstSql ofClicks(String name, String work, double factor, double seconds) {
        return new AgainstSql(
                name, String.format("%s of %,d events", work, Clicks.COUNT), Clicks::fill, factor, seconds);
    }

    /** Brings what is asked about to the server, unless it is there. */
    @FunctionalInterface
    interface Filling {
        void fill(Site site) throws Exception;
    }

    private static final Pattern TIME = Pattern.compile("Time: ([0-9.]+) ms");

    @Override
    public List<Row> run(Site site) throws Exception {
        filling.fill(site);
        var question = resource("graphql");
        var sql = resource("sql");
        try (var graphql = new Graphql(site)) {
            requireSame(graphql.answer(question), site.psql(sql));
            var plan = graphql.answer(question, Map.of("plan", true));
            plan.findValues("plan").forEach(shown -> System.err.println(shown.asText()));
            var medians = Rounds.medians(
                    () -> Figure.withCpu(site, () -> graphql.seconds(question)),
                    () -> Figure.withCpu(site, () -> seconds(site, sql)));
            var best = medians.getLast();
            return List.of(Row.atMost(
                    work + " over HTTP",
                    medians.getFirst(),
                    "s",
                    String.format("%.1f x the best SQL by psql, and %.0f ms", factor, 1_000 * seconds),
                    new Figure(factor * best.value() + seconds, best.cpu()),
                    1));
        }
    }

    private static Figure seconds(Site site, String sql) throws Exception {
        var time = TIME.matcher(site.psql("\\timing on", sql));
        if (!time.find()) {
            throw new IOException("psql tells no time.");
        }
        return Figure.of(Double.parseDouble(time.group(1)) / 1_000);
    }

    /** All counts of the answer, but zero, are the last columns of the rows. */
    private static void requireSame(JsonNode answer, String rows) {
        var counts = answer.findValuesAsText("count").stream().filter(count -> !count.equals("0"));
        var known =
                rows.lines().map(row -> row.substring(row.lastIndexOf('|') + 1)).toList();
        if (!counts.toList().equals(known)) {
            throw new IllegalStateException("GraphQL and SQL differ: " + answer + "\n" + rows);
        }
    }

    private String resource(String type) throws IOException {
        try (var file = AgainstSql.class.getResourceAsStream(name + "." + type)) {
            if (file == null) {
                throw new IOException(name + "." + type);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
