package dev.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Rollups of a clickstream of 1,000 customers, 4 types, 6 countries and 4 browsers within five minutes, with distinct devices
 * and sessions, against what the tutorials of Citus do in SQL with the extension hll.
 */
record Rollup() implements Benchmark {

    private static final int FIRST = Integer.getInteger("rolled", 1_000_000);
    private static final int MORE = FIRST / 2;

    /** Questions are asked for so long before the first that is measured, as single events are sent. */
    private static final Duration WARMING = Duration.ofSeconds(30);

    /** The server's CPU time for a round goes down until the third. */
    private static final int WARM_ROUNDS = 3;

    private static final int ASKED = 25;
    private static final long POLL_NANOS = 5_000_000;

    @Override
    public String name() {
        return "rollup";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        try (var hll = HllDatabase.start();
                var graphql = new Graphql(site)) {
            hll.seconds(events(FIRST + MORE));
            var first = exported(site, hll, 1, FIRST);
            var more = exported(site, hll, FIRST + 1, FIRST + MORE);
            var round = new int[] {0};
            var medians = Rounds.warmMedians(
                    WARM_ROUNDS,
                    () -> rolledUp(site, graphql, "clicks" + ++round[0], first),
                    () -> rolledUp(hll, "truncate rollup; " + rollUp(1, FIRST)),
                    () -> rolledUp(site, graphql, "clicks" + round[0], more),
                    () -> rolledUp(hll, rollUp(FIRST + 1, FIRST + MORE)));
            var collection = "clicks" + round[0];
            graphql.answer(coarse(collection));
            awaitCurrent(site);
            List<Row> rows = new ArrayList<>();
            rows.add(row(FIRST, "into an empty table", medians.get(0), medians.get(1)));
            rows.add(row(MORE, "into its rows", medians.get(2), medians.get(3)));
            try (var session = hll.connect();
                    var connection = new HttpConnection(site)) {
                rows.addAll(asked(site, graphql, connection, session, collection));
            }
            return rows;
        }
    }

    private static Row row(int events, String into, Figure ours, Figure theirs) {
        return Row.atMost(
                String.format(Locale.ROOT, "rolling up %,d events, 96,000 groups, %s", events, into),
                ours,
                "s",
                "half of the tutorial's SQL with hll",
                theirs.times(0.5),
                1);
    }

    private static List<Row> asked(
            Site site, Graphql graphql, HttpConnection connection, Connection session, String collection)
            throws Exception {
        var one = ask(fine(collection), "{property: {name: \"customer_id\", eq: 7}}");
        var all = ask(collection, "");
        var allOfFine = ask(fine(collection), "");
        var oneSql = askSql("and customer_id = 7");
        var allSql = askSql("");
        for (var question : List.of(one, all, allOfFine)) {
            requireRollup(graphql.answer(question));
        }
        var oneRequest = request(site, one);
        var allRequest = request(site, all);
        var allOfFineRequest = request(site, allOfFine);
        var warm = System.nanoTime() + WARMING.toNanos();
        while (System.nanoTime() < warm) {
            connection.exchange(oneRequest);
            connection.exchange(allRequest);
        }
        var medians = Rounds.medians(
                () -> Rounds.median(ASKED, () -> connection.seconds(oneRequest)),
                () -> Rounds.median(ASKED, () -> HllDatabase.seconds(session, oneSql)),
                () -> Rounds.median(ASKED, () -> connection.seconds(allRequest)),
                () -> Rounds.median(ASKED, () -> connection.seconds(allOfFineRequest)),
                () -> Rounds.median(ASKED, () -> HllDatabase.seconds(session, allSql)));
        var limit =
                new Figure(1.3 * medians.get(1).value() + 0.002, medians.get(1).cpu());
        var half = medians.get(4).times(0.5);
        return List.of(
                Row.atMost(
                        "devices of one customer by type, over HTTP",
                        medians.get(0),
                        "s",
                        "1.3 x the SQL, and 2 ms",
                        limit,
                        1),
                Row.atMost(
                        "devices of all by type, two rollups kept",
                        medians.get(2),
                        "s",
                        "half of hll_union_agg",
                        half,
                        1),
                Row.atMost(
                        "the same of the rollup by customer", medians.get(3), "s", "half of hll_union_agg", half, 1));
    }

    private static byte[] request(Site site, String query) throws Exception {
        return new HttpLoad(site, "/graphql").request("application/json", Graphql.body(query));
    }

    private static void requireRollup(JsonNode answer) {
        if (!answer.at("/aggregate/freshness/servedFrom").asText().equals("ROLLUP")) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /**
     * Imports events while their rollup is not brought forward, and tells how long it takes to roll them up then. They have come to
     * rest, as those that the SQL reads: PostgreSQL would tidy up after the import meanwhile.
     */
    private static Figure rolledUp(Site site, Graphql graphql, String collection, Path file) throws Exception {
        graphql.answer(create(collection));
        site.execute("update _rollup set retry_at = 'infinity' where name = '%s'".formatted(fine(collection)));
        site.tidemark("import", file.toString(), "--project", Site.PROJECT, "--collection", collection);
        site.execute("vacuum analyze " + collection);
        site.execute("checkpoint");
        return Figure.withCpu(site, () -> {
            var start = System.nanoTime();
            graphql.answer("mutation { refreshRollup(input: {name: \"%s\"}) { userErrors { message } } }"
                    .formatted(fine(collection)));
            awaitCurrent(site);
            return Figure.of((System.nanoTime() - start) / 1e9);
        });
    }

    /** The same by SQL, after as much rest: whoever changes a page first after a checkpoint writes it whole to the log. */
    private static Figure rolledUp(HllDatabase hll, String sql) throws SQLException {
        hll.seconds("checkpoint");
        return hll.seconds(sql);
    }

    /** Until all commits are rolled up. */
    static void awaitCurrent(Site site) throws SQLException {
        try (var connection = site.connect();
                var statement = connection.prepareStatement(
                        "select min(position) = (select max(position) from _commit) from _rollup")) {
            while (true) {
                try (var row = statement.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return;
                    }
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static Path exported(Site site, HllDatabase hll, int from, int to) throws Exception {
        var file = site.directory().resolve("clicks-" + from + ".csv");
        try (var connection = hll.connect();
                var output = Files.newOutputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(export(from, to), output);
        }
        return file;
    }

    private static String events(int count) {
        return """
        create table events (
            event_id bigint primary key, customer_id bigint, event_type text, country text, browser text, device_id bigint,
            session_id bigint, time timestamptz
        );
        insert into events
        select
            i, floor(random() * 1000), (array['click', 'view', 'scroll', 'buy'])[1 + floor(random() * 4)::int],
            (array['US', 'DE', 'IN', 'CN', 'FR', 'GB'])[1 + floor(random() * 6)::int],
            (array['Chrome', 'Firefox', 'Safari', 'Edge'])[1 + floor(random() * 4)::int], floor(random() * 300000),
            floor(random() * 600000), timestamptz '2026-01-08T12:00:00Z' + random() * interval '299 s'
        from generate_series(1, %d) as i;
        create table rollup (
            customer_id bigint, event_type text, country text, browser text, minute timestamptz, event_count bigint,
            devices hll, sessions hll, unique (customer_id, event_type, country, browser, minute)
        );
        analyze events;
        """.formatted(count);
    }

    private static String export(int from, int to) {
        return """
        copy (
            select
                customer_id, event_type, country, browser, device_id, session_id,
                to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time
            from events
            where event_id between %d and %d
            order by event_id
        ) to stdout (format csv, header)
        """.formatted(from, to);
    }

    private static String rollUp(int from, int to) {
        return """
        insert into rollup
        select
            customer_id, event_type, country, browser, date_bin('5 minutes', time, '2000-01-01') as minute, count(*),
            hll_add_agg(hll_hash_bigint(device_id)), hll_add_agg(hll_hash_bigint(session_id))
        from events
        where event_id between %d and %d
        group by 1, 2, 3, 4, 5
        on conflict (customer_id, event_type, country, browser, minute) do update
        set
            event_count = rollup.event_count + excluded.event_count,
            devices = hll_union(rollup.devices, excluded.devices),
            sessions = hll_union(rollup.sessions, excluded.sessions)
        """.formatted(from, to);
    }

    private static String create(String collection) {
        return """
        mutation {
          declareCollection(input: {name: "%1$s", properties: [
            {name: "customer_id", type: LONG} {name: "event_type", type: TEXT} {name: "country", type: TEXT}
            {name: "browser", type: TEXT} {name: "device_id", type: LONG} {name: "session_id", type: LONG}
          ]}) { userErrors { message } }
          createRollup(input: {
            name: "%2$s", collection: "%1$s", bucket: {unit: MINUTE, every: 5}
            dimensions: ["customer_id", "event_type", "country", "browser"]
            measures: [{measure: DISTINCT, of: "device_id"}, {measure: DISTINCT, of: "session_id"}]
          }) { userErrors { message } }
        }
        """.formatted(collection, fine(collection));
    }

    private static String fine(String collection) {
        return "fine_" + collection;
    }

    private static String coarse(String collection) {
        return """
        mutation {
          createRollup(input: {
            name: "coarse_%1$s", collection: "%1$s", bucket: {unit: MINUTE, every: 5}, dimensions: ["event_type"]
            measures: [{measure: DISTINCT, of: "device_id"}, {measure: DISTINCT, of: "session_id"}]
          }) { userErrors { message } }
        }
        """.formatted(collection);
    }

    private static String ask(String relation, String condition) {
        return """
        { aggregate(
            collection: "%s", groupBy: {property: "event_type"}
            measures: [{measure: COUNT}, {measure: APPROXIMATE_DISTINCT, of: "device_id", as: "devices"}]
            where: {and: [{property: {name: "_time", gte: "2026-01-08T12:00:00Z"}}%s]}
        ) { rows { group measures } freshness { servedFrom } } }
        """.formatted(relation, condition);
    }

    private static String askSql(String condition) {
        return """
        select event_type, sum(event_count), hll_cardinality(hll_union_agg(devices))
        from rollup
        where minute >= '2026-01-08T12:00:00Z' %s
        group by event_type
        order by event_type
        """.formatted(condition);
    }
}
