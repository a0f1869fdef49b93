package dev.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One event a request over 64 connections, against single-row inserts by pgbench and a route that does nothing. */
record SingleEvents() implements Benchmark {

    private static final int CONNECTIONS = 64;
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final int PREPARED = 1 << 14;

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
        collect.rate(CONNECTIONS, LENGTH, i -> requests[i % PREPARED]);
        var pgbench = new Pgbench(site, "single");
        var rates = Rounds.medians(
                () -> collect.rate(CONNECTIONS, LENGTH, i -> requests[i % PREPARED]),
                () -> pgbench.rate(CONNECTIONS, LENGTH),
                () -> bare.rate(CONNECTIONS, LENGTH, i -> bareRequests[i % PREPARED]));
        var limit = Math.min(3 * rates[1], 0.4 * rates[2]);
        return List.of(Row.atLeast(
                "one event a request, 64 connections",
                rates[0],
                "events/s",
                "3 x pgbench single-row inserts (" + Math.round(rates[1]) + "/s) or 0.4 x a bare route ("
                        + Math.round(rates[2]) + "/s)",
                limit,
                1));
    }
}
