package dev.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One event a request over 64 connections, against single-row inserts by pgbench and a route that does nothing. */
record SingleEvents() implements Benchmark {

    private static final int CONNECTIONS = 64;
    private static final Duration LENGTH = Duration.ofSeconds(10);

    /** Until the JVM has compiled what it will. */
    private static final Duration WARMING = Duration.ofSeconds(30);

    /** After the other route, for which the JVM's compiler gives up some of what it has made for this one. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final int PREPARED = 1 << 14;
    private static final double OF_PGBENCH = 3;
    private static final double OF_BARE = 0.4;

    @Override
    public String name() {
        return "single";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var collect = new HttpLoad(site, "/collect");
        var bare = new HttpLoad(site, "/bare");
        var events = new Events(1, false);
        var requests = new byte[PREPARED][];
        var bareRequests = new byte[PREPARED][];
        for (int i = 0; i < PREPARED; i++) {
            var body = events.event("single").getBytes(StandardCharsets.UTF_8);
            requests[i] = collect.request("application/json", body);
            bareRequests[i] = bare.request("application/json", body);
        }
        bare.sendFor(WARMING, CONNECTIONS, i -> bareRequests[i % PREPARED]);
        collect.sendFor(WARMING, CONNECTIONS, i -> requests[i % PREPARED]);
        var pgbench = new Pgbench(site, "single");
        var medians = Rounds.medians(
                () -> settled(site, collect, requests),
                () -> Figure.of(site, () -> pgbench.insertFor(LENGTH, CONNECTIONS)),
                () -> settled(site, bare, bareRequests));
        var inserts = medians.get(1);
        var nothing = medians.get(2);
        var limit = OF_PGBENCH * inserts.value() < OF_BARE * nothing.value()
                ? inserts.times(OF_PGBENCH)
                : nothing.times(OF_BARE);
        return List.of(Row.atLeast(
                "one event a request, 64 connections",
                medians.get(0),
                "events/s",
                String.format(
                        "the smaller of 3 x pgbench single-row inserts (%,.0f/s) and 0.4 x a bare route (%,.0f/s)",
                        inserts.value(), nothing.value()),
                limit,
                1));
    }

    private static Figure settled(Site site, HttpLoad load, byte[][] requests) throws Exception {
        load.sendFor(SETTLING, CONNECTIONS, i -> requests[i % PREPARED]);
        return Figure.of(site, () -> load.sendFor(LENGTH, CONNECTIONS, i -> requests[i % PREPARED]));
    }
}
