package dev.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** How many events each day, asked over HTTP, against the SQL that one would write for it. */
record CountByDay() implements Benchmark {

    private static final int EVENTS = Integer.getInteger("events", 10_000_000);
    private static final int QUESTIONS = 5;
    private static final double FACTOR = 1.2;
    private static final double SECONDS = 0.005;
    private static final String BY_DAY =
            "select date_trunc('day', _time, 'UTC') as day, count(*) from counted group by 1 order by 1";
    private static final String QUESTION =
            "{\"query\":\"{ aggregate(collection: \\\"counted\\\", measures: {measure: COUNT},"
                    + " timeBucket: {unit: DAY}) { rows { bucket measures } } }\"}";

    @Override
    public String name() {
        return "aggregate";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var collect = new HttpLoad(site, "/collect");
        collect.sendAll(Events.batches(collect, "counted", false, 1, 1));
        site.execute("""
            insert into counted (_id, _time, _received_at, _user)
            select -n, date_trunc('month', now()) + n * interval '28 days' / %1$d, now(), 'u' || n %% 1000000
            from generate_series(1, %1$d) as n
            """.formatted(EVENTS));
        site.execute("vacuum analyze counted");
        var graphql = new HttpLoad(site, "/graphql");
        var questions = List.of(Collections.nCopies(
                QUESTIONS, graphql.request("application/json", QUESTION.getBytes(StandardCharsets.UTF_8))));
        graphql.sendAll(questions);
        var medians = Rounds.medians(() -> seconds(() -> graphql.sendAll(questions)), () -> seconds(() -> sql(site)));
        return List.of(Row.atMost(
                String.format("count by day of %,d events over HTTP", EVENTS),
                medians.get(0),
                "s",
                "1.2 x the same by SQL, and 5 ms",
                Figure.of(FACTOR * medians.get(1).value() + SECONDS),
                1));
    }

    private static int sql(Site site) throws SQLException {
        for (int i = 0; i < QUESTIONS; i++) {
            site.execute(BY_DAY);
        }
        return QUESTIONS;
    }

    /** Of one question. */
    private static Figure seconds(Figure.Work work) throws Exception {
        var start = System.nanoTime();
        var questions = work.units();
        return Figure.of((System.nanoTime() - start) / 1e9 / questions);
    }
}
