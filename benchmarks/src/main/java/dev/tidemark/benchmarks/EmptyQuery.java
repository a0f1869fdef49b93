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
        graphql.rate(CONNECTIONS, LENGTH, i -> query);
        bare.rate(CONNECTIONS, LENGTH, i -> nothing);
        var rates = Rounds.medians(
                () -> graphql.rate(CONNECTIONS, LENGTH, i -> query),
                () -> bare.rate(CONNECTIONS, LENGTH, i -> nothing));
        return List.of(Row.atLeast(
                "{ __typename } over HTTP, 16 connections", rates[0], "requests/s", "a bare route", rates[1], WANTED));
    }
}
