package dev.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What GraphQL costs: a query that asks for nothing, against a route that does nothing. */
record EmptyQuery() implements Benchmark {

    private static final int CONNECTIONS = 16;
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final double WANTED = 0.4;

    @Override
    public String name() {
        return "query";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        var graphql = new HttpLoad(site, "/graphql");
        var bare = new HttpLoad(site, "/bare");
        var body = "{\"query\":\"{ __typename }\"}".getBytes(StandardCharsets.UTF_8);
        var query = graphql.request("application/json", body);
        var nothing = bare.request("application/json", body);
        graphql.sendFor(LENGTH, CONNECTIONS, i -> query);
        bare.sendFor(LENGTH, CONNECTIONS, i -> nothing);
        var medians = Rounds.medians(
                () -> Figure.of(site, () -> graphql.sendFor(LENGTH, CONNECTIONS, i -> query)),
                () -> Figure.of(site, () -> bare.sendFor(LENGTH, CONNECTIONS, i -> nothing)));
        return List.of(Row.atLeast(
                "{ __typename } over HTTP, 16 connections",
                medians.get(0),
                "requests/s",
                "a bare route",
                medians.get(1),
                WANTED));
    }
}
